"""Wipe PINs and OTPs whose minutes are over."""

from __future__ import annotations

from datetime import datetime

from motcua.domain.signing.models import SigningRequest


def forget_authorisations(*, at: datetime) -> int:
    """Delete what holders typed and nobody used in time; return how many. The requests fail at their next turn."""
    return SigningRequest.objects.filter(secret_until_at__lte=at, secret__isnull=False).update(secret=None)
