"""What citizens and the representatives of companies do: find, file, pay, follow, collect, look up, verify.

Every page works on a phone and without a script; one thing a page. Views parse, call one command or query, and
render; the sentences of a dossier in an applicant's words are in ``words``, ``story`` and ``tracking``.
"""
