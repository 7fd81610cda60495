"""Deadlines: calendars, clocks that pause, and the ledger that explains every due moment.

The arithmetic (`ledger`, `measures`, `calendars`, `types`) is pure: no clock, no database, no Django.
The tables keep calendars, one row per clock and its append-only entries; a due moment stored beside
them can always be computed again from them. Who a clock belongs to is an opaque `subject_id`.
"""
