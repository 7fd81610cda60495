"""Bodies of messages hold personal data: they are encrypted in our tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from motcua.foundation.kernel.encryption import decrypt, encrypt

PURPOSE = "message"


def seal(body: Mapping[str, Any], message_id: UUID) -> bytes:
    """Return the body as it is kept."""
    return encrypt(PURPOSE, json.dumps(body, ensure_ascii=False, sort_keys=True).encode(), bound_to=message_id.bytes)


def unseal(sealed: bytes | memoryview[int], message_id: UUID) -> Mapping[str, Any]:
    """Return the body as it was written."""
    body: Mapping[str, Any] = json.loads(decrypt(PURPOSE, bytes(sealed), bound_to=message_id.bytes))
    return body
