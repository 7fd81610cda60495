"""Payments: what is owed, what came in, the numbered receipts, what is given back. A ledger, append-only.

Amounts are whole đồng. Nothing is paid without a fee receipt; money that nothing is owed for is a credit
to refund, never lost. Money moves no dossier: `payment.settled` is an event the dossier handles. Whose money
it is, is an opaque `subject_id`.
"""
