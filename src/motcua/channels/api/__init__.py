"""Addresses for machines: is it alive, is it ready, and what partners may read and do (API v1, OpenAPI 3.1).

`health` stands outside the published API: probes read it, people do not.
"""
