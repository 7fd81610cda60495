"""The national payment platform (PayPlat), message version 1.0.6, in both directions.

`client` implements payments' `Gateway` (INIT, verification of call-backs, QUERY); `inbound` receives its
notification (IPN) and the payer who comes back; `sweep` asks again for payments nothing was heard of.
"""
