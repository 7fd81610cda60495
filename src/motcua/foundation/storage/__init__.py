"""Bytes kept safe: streamed in, told apart by content, checked, encrypted at rest, read back by chunk.

The room knows no rights: whoever refers to a file decides who may have it. Uploads are hostile until proven
otherwise; what is refused keeps its row and its reason, never its bytes.
"""
