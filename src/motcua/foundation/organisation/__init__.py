"""The agencies of one installation and who works there as what: tree, positions, officers, groups, rights.

A right is capability × scope (agency, subtree, department, procedures, own work), held through a role, a position,
a group or by name, for a time. ``access.can`` and ``access.scope`` answer from the same rows, so that a list never
shows more or less than the detail page. The tree has dates and successors; nothing is ever deleted.
"""
