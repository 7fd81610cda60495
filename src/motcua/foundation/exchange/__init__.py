"""Messages to and from outside systems: kept in our database first, sent by leases, retried, parked, explained.

Messages of one (system, subject) leave in order. No database connection is held while the world answers.
"""
