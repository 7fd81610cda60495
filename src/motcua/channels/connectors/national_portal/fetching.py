"""What follows a pushed dossier: fetch its files one by one, then hand the draft in.

Runs as messages of the dossier's lane, outside transactions. Each may run again: a file that is attached already is
not fetched twice, a dossier that was handed in stays as it is.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

import httpx
from django.db import transaction

from motcua.channels.connectors.national_portal.settings import LOOPBACK, NAME, Settings
from motcua.domain.catalog import queries as catalog
from motcua.domain.documents import queries as documents
from motcua.domain.dossiers import commands, queries
from motcua.domain.dossiers.types import DossierView
from motcua.domain.statuses.types import State
from motcua.foundation.exchange.ports import Later, Refused
from motcua.foundation.exchange.types import Delivered, Outgoing
from motcua.foundation.kernel.actor import Actor, Channel, system
from motcua.foundation.kernel.clocks import now
from motcua.foundation.kernel.errors import Problem, Unavailable
from motcua.foundation.storage import commands as storage
from motcua.foundation.storage import queries as stored
from motcua.foundation.storage.types import USUAL, Limits

FETCH: Final = "TaiTepDinhKem"
HAND_IN: Final = "NopHoSo"
PATIENCE: Final = 60.0  # seconds for one file: a lease of the exchange lasts longer
CHUNK: Final = 256 * 1024


class Fetching:
    """Fetches enclosures from the portal's own hosts and completes pushed dossiers."""

    def __init__(self, settings: Settings, http: httpx.Client) -> None:
        self._settings, self._http = settings, http

    def fetch(self, message: Outgoing) -> Delivered:
        """Download one file, check size and SHA-256, store and attach it. Raises Later or Refused."""
        wanted, actor, at = message.body, _actor(message), now()
        found = queries.public_view(message.subject_id)
        if found.state is not State.DRAFT or _is_attached(found.id, wanted["component"], wanted["sha256"]):
            return Delivered("đã có")
        try:
            file = storage.receive(
                chunks=self._chunks(str(wanted["url"]), int(wanted["size"]), str(wanted["sha256"])),
                name=str(wanted["file_name"]),
                limits=_limits(found, str(wanted["component"])),
                actor=actor,
                at=at,
            )
            commands.attach_file(
                dossier_id=found.id, component_key=str(wanted["component"]), file_id=file.id, actor=actor, at=at
            )
        except Unavailable as problem:
            raise Later(str(problem)) from None
        except Problem as problem:
            raise Refused(f"Tệp {wanted['file_name']}: {problem}") from None
        return Delivered("đã tải")

    def hand_in(self, message: Outgoing) -> Delivered:
        """Submit the draft; it enters the same queue as any other. Raises Refused with everything that is missing."""
        found = queries.public_view(message.subject_id)
        if found.state is not State.DRAFT:
            return Delivered("đã nộp")
        try:
            with transaction.atomic():
                commands.submit(dossier_id=found.id, actor=_actor(message), at=now())
        except Problem as problem:
            raise Refused(f"Hồ sơ {found.code}: {problem}") from None
        return Delivered("đã nộp")

    def _chunks(self, url: str, size: int, digest: str) -> Iterator[bytes]:
        """Yield the file; raises before the last byte is believed, so that a file that differs is never stored."""
        self._refuse_strangers(url)
        seen, counted, until = sha256(), 0, time.monotonic() + PATIENCE
        try:
            with self._http.stream("GET", url) as response:
                _check(response)
                for chunk in response.iter_bytes(CHUNK):
                    seen.update(chunk)
                    counted += len(chunk)
                    if counted > size:
                        raise Refused(f"Tệp dài hơn {size} byte đã báo")
                    if time.monotonic() > until:
                        raise Later(f"tải chưa xong sau {PATIENCE:.0f} giây")
                    yield chunk
        except httpx.HTTPError as problem:
            raise Later(f"{type(problem).__name__}: {problem}") from None
        if counted != size or seen.hexdigest() != digest:
            raise Refused("Tệp tải về không khớp mã băm SHA-256 của Cổng; nội dung đã bị thay đổi hoặc hỏng")

    def _refuse_strangers(self, url: str) -> None:
        parts = urlsplit(url)
        is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
        if not is_safe or parts.netloc not in self._settings.file_hosts:
            raise Refused(f"Không tải tệp từ {parts.scheme}://{parts.netloc}: không phải máy chủ của Cổng")


def _check(response: httpx.Response) -> None:
    if response.status_code >= 500 or response.status_code == 429:
        raise Later(f"HTTP {response.status_code}")
    if response.status_code != 200:
        raise Refused(f"Cổng không có tệp này (HTTP {response.status_code})")


def _is_attached(dossier_id: UUID, component: str, digest: str) -> bool:
    uses = [use for use in documents.uses_of(dossier_id) if use.component_key == component and use.file_id]
    files = stored.files(use.file_id for use in uses if use.file_id)
    return any(file.sha256 == digest for file in files.values())


def _limits(found: DossierView, component: str) -> Limits:
    rule = catalog.edition(found.edition_id).component_rule(component)
    if rule is None:
        return Limits()
    asked = rule.component
    return Limits(asked.max_bytes, frozenset(asked.media_types) or USUAL)


def _actor(message: Outgoing) -> Actor:
    """The system, under the message's own id: a repeat is the same request."""
    return system(NAME, channel=Channel.CONNECTOR, request_id=str(message.id))
