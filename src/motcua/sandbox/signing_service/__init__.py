"""A remote signing service (CSC API 1.0.4) and the certification authority behind it (OCSP, CRL, CA issuers, TSA).

One process, two ports: the service on one, the authority on the other; certomancer does the authority's work.
"""
