"""Statuses: the law's words for where a dossier stands.

A state is fixed in code and behaviour hangs on it; a legal status is data of a versioned catalogue: its words
for officer and applicant, what is shown beside it, the national portal's code, its rank, which state × kind of
step × position shows it, and which changes are allowed. The room knows no dossiers: it answers for states.
"""
