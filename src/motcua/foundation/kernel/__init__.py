"""What every room needs and no law knows: actors, errors, time, identifiers, money, text.

It also holds the three classes of table (append-only, mutable, reference) from which the database's
privileges follow, encryption under the installation's keys, and requests that happen once.
"""
