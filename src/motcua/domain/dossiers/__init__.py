"""The heart: dossiers, their participants, their lifecycle and every verb of the law.

A verb is one file in ``commands``; ``lifecycle.move`` is the only way from one state to another; ``access`` decides
for every page, list, file and call who may see and do what.
"""
