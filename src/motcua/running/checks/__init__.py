"""What `motcua doctor` looks at: the machine, the database, the keys, the outside world.

Each module holds functions that look at one thing and return findings in plain words, with what to do.
They change nothing, and one that cannot look says so instead of failing.
"""
