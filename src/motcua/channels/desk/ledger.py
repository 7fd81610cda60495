"""Why this date: the due moment and the promised date explained line by line, on screen, on paper, as JSON."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from motcua.channels.desk.casework_case import Case, case_of
from motcua.channels.ui.signin.needed import officer_needed
from motcua.domain.deadlines import queries as deadlines
from motcua.domain.deadlines.types import ClockKind, Explanation


@require_safe
@officer_needed
def ledger(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Show every clock of the dossier as a statement, the one that is asked about first."""
    case = case_of(request, dossier_id)
    explained = _explained(case)
    case.log("desk:ledger", gettext_noop("Xem cách tính hạn"))
    if request.GET.get("format") == "json":
        return JsonResponse(as_json(case, explained))
    context = {"case": case, "dossier": case.dossier, "explained": explained, "now": case.at, "names": names()}
    return render(request, "desk/casework/ledger.html", context)


def names() -> dict[str, str]:
    """Return what each clock measures, as people say it."""
    return {
        ClockKind.RESOLVING: _("Hạn giải quyết"),
        ClockKind.RECEPTION: _("Hạn tiếp nhận"),
        ClockKind.APPLICANT: _("Hạn người nộp bổ sung"),
        ClockKind.STEP: _("Hạn của bước"),
        ClockKind.CONSULTATION: _("Hạn cho ý kiến"),
    }


def _explained(case: Case) -> list[Explanation]:
    """The latest round of each clock, the resolving one first."""
    kinds = dict.fromkeys((clock.kind, clock.key) for clock in deadlines.clocks_of(case.id))
    ordered = sorted(kinds, key=lambda pair: list(names()).index(pair[0]))
    return [deadlines.explanation_of(case.id, kind, key) for kind, key in ordered]


def as_json(case: Case, explained: list[Explanation]) -> dict[str, Any]:
    """Return the statements as data: moments in ISO 8601 with the offset of Vietnam's clock as recorded."""
    return {
        "dossier": case.dossier.code,
        "promised_at": _iso(case.dossier.promised_at),
        "clocks": [
            {
                "kind": one.clock.kind.value,
                "state": one.clock.state.value,
                "started_at": _iso(one.clock.started_at),
                "due_at": _iso(one.ledger.due_at),
                "rule": one.clock.rule.to_json(),
                "sentence": one.sentence,
                "lines": [
                    {
                        "code": line.code.value,
                        "at": _iso(line.at),
                        "words": line.words,
                        "ground": line.ground,
                        "document": line.document,
                        "by": line.by,
                        "due_at": _iso(line.due_at),
                    }
                    for line in one.lines
                ],
            }
            for one in explained
        ],
    }


def _iso(at: datetime | date | None) -> str | None:
    return at.isoformat() if at else None
