"""How an installation is started and kept: command line, embedded PostgreSQL, supervisor, roles, health.

Imported by nobody.
"""
