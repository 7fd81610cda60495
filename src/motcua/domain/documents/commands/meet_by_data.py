"""Data instead of paper: a database answered, so nobody is asked (NĐ 118/2025 Điều 4, NĐ 320/2026 Điều 9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.documents import giving
from motcua.domain.documents.types import Form, Use, UseKind
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid
from motcua.foundation.kernel.text import one_line


@transaction.atomic
def meet_by_data(
    *,
    subject_id: UUID,
    component_key: str,
    type_code: str,
    data: Mapping[str, Any],
    source: str,
    actor: Actor,
    at: datetime,
    note: str = "",
) -> Use:
    """Record that data of ``source`` (the system that answered) meets the component. Raises Missing, Invalid."""
    if not data or not source:
        raise Invalid((FieldProblem("data", _("Chưa có dữ liệu hoặc nguồn dữ liệu thay cho giấy tờ này.")),))
    return giving.give(
        "document.met_by_data",
        subject_id=subject_id,
        component_key=component_key,
        type_row=giving.document_type(type_code),
        source=source,
        actor=actor,
        at=at,
        kind=UseKind.DATA,
        form=Form.ELECTRONIC,
        data=dict(data),
        note=one_line(note, 500),
    )
