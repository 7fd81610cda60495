"""How often one address may ask; counted in this process's memory."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.throttling import SimpleRateThrottle

from motcua.channels.ui.signin.coming import visit_of


class PerAddress(SimpleRateThrottle):
    """At most `rate` requests from one address, e.g. `30/m`; more are answered 429 with Retry-After.

    An address is the connection's own, or the one our reverse proxy appended: what a client writes into
    X-Forwarded-For itself counts for nothing.
    """

    def __init__(self, scope: str, rate: str) -> None:
        self.scope = scope
        super().__init__(rate)

    def get_cache_key(self, request: HttpRequest) -> str:
        """Return under what this address is counted."""
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}

    def get_ident(self, request: HttpRequest) -> str:
        """Return the address."""
        return visit_of(request).address
