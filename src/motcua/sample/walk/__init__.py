"""The walk: one dossier from the citizen's request to the verified result, over HTTP like anybody's browser.

Nothing here imports a room of the product: it knows pages, links and forms, and checks what comes out with tools of
others (``pdfsig``, the stand-alone verifier of histories).
"""
