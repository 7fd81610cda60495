"""Who is told what, in which words, by which road: in the account, by e-mail, by SMS.

Listens to events; writes notices and queues messages in the same transaction; asks nobody.
"""
