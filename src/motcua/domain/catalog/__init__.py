"""The catalogue: procedures and their immutable editions.

An edition is everything the law and the agency decided about a procedure at one time: cases, components, channels
with limits and fees, the form, the process, papers and results, windows, roles, grounds and decisions. A dossier is
pinned to its edition. Publishing checks the whole and says every problem at once; nothing here knows a dossier.
"""
