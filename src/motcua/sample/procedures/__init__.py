"""The sample's procedures as data, one folder a code: procedure.json, form.json, edition.json, process.bpmn.

Written from public facts; tariffs and decisions of the sample province are invented and say so ("mẫu"). No ground
here has been read in full, so all are "chưa đối chiếu" and a production installation refuses to publish them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from motcua.domain.catalog import commands as catalog
from motcua.domain.catalog.types import AgencyLevel, EditionId, SubjectKind
from motcua.domain.forms import commands as forms
from motcua.domain.workflow import commands as workflow
from motcua.foundation.kernel.actor import Actor

HERE = Path(__file__).parent
CODES = ("2.000815", "1.012783", "2.001827")


def publish_all(*, agency_id: Callable[[str], UUID], actor: Actor, at: datetime) -> dict[str, EditionId]:
    """State grounds and headings, then publish every procedure. ``agency_id`` turns an agency's code into its id."""
    for ground in _read("grounds.json"):
        valid_from = date.fromisoformat(ground.pop("valid_from")) if "valid_from" in ground else None
        catalog.state_ground(**ground, valid_from=valid_from, actor=actor, at=at)
    headings = _read("headings.json")
    for field in headings["fields"]:
        catalog.name_field(**field, actor=actor, at=at)
    for topic in headings["topics"]:
        catalog.name_topic(**topic, actor=actor, at=at)
    return {code: publish(code, agency_id=agency_id, actor=actor, at=at) for code in CODES}


def publish(code: str, *, agency_id: Callable[[str], UUID], actor: Actor, at: datetime) -> EditionId:
    """Register one procedure and publish its form, its process and its edition."""
    told = _read(f"{code}/procedure.json")
    catalog.register_procedure(
        code=told["code"],
        name=told["name"],
        field=told["field"],
        topics=told["topics"],
        agency_level=AgencyLevel(told["agency_level"]),
        subjects=[SubjectKind(subject) for subject in told["subjects"]],
        agency_ids=[agency_id(agency) for agency in told["agencies"]],
        actor=actor,
        at=at,
    )
    form = _read(f"{code}/form.json")
    bpmn = (HERE / code / "process.bpmn").read_bytes()
    return catalog.publish_edition(
        content=_read(f"{code}/edition.json"),
        form_version_id=forms.publish_form(key=form["key"], content=form, actor=actor, at=at),
        process_version_id=workflow.publish_process(key=form["key"], bpmn=bpmn, actor=actor, at=at),
        actor=actor,
        at=at,
    )


def _read(name: str) -> Any:
    return json.loads((HERE / name).read_text(encoding="utf-8"))
