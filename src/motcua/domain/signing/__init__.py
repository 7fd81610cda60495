"""Signing: results and papers get electronic signatures that anybody can verify, years later too.

A request is made and waits; a worker signs through a port with the officer's or the agency's remote key, time-stamps
and embeds the evidence (PAdES B-LT), keeps the file, the certificate and the revocation answers (TT 15/2025), and
says ``signing.completed``. ``fields`` places number, date and signatures; ``verification`` judges any signed PDF;
``validator`` does the same in a process of its own, without the product's settings or database.
"""
