"""The remote signing service (Cloud Signature Consortium API v1.0.4) and the trust services around it.

``client`` speaks the API and implements signing's ``RemoteSigner``; ``trust`` asks for time-stamps (RFC 3161),
OCSP answers (RFC 6960) and revocation lists (RFC 5280). Nothing comes in from these services: both only answer.
"""
