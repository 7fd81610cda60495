"""Finding a procedure (TT 21/2023 PL1-13) and everything one must know of it before filing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.channels.portal import words
from motcua.domain.catalog import queries as catalog
from motcua.domain.catalog.types import Case, Edition, FeeRule, Procedure, ServiceLevel, SubjectKind, Way
from motcua.domain.deadlines import queries as deadlines
from motcua.domain.documents import queries as documents
from motcua.domain.forms import printing
from motcua.foundation.kernel.clocks import local, now
from motcua.foundation.kernel.money import dong
from motcua.foundation.organisation import queries as organisation

PAGE = 20
ONLINE = (ServiceLevel.FULL, ServiceLevel.PARTIAL)


@dataclass(frozen=True, slots=True)
class Criteria:
    """What somebody looks for, as the address bar says it."""

    text: str
    agency: UUID | None
    field: str
    subject: str
    level: str
    topic: str

    @classmethod
    def read(cls, request: HttpRequest) -> Criteria:
        """Read the address; what it cannot mean is left out."""
        get = request.GET.get
        level, subject = get("muc-do", ""), get("doi-tuong", "")
        return cls(
            text=get("tu-khoa", "").strip()[:200].replace("\x00", ""),
            agency=_uuid(get("co-quan", "")),
            field=get("linh-vuc", "")[:40].replace("\x00", ""),
            subject=subject if subject in SubjectKind.__members__.values() else "",
            level=level if level in ServiceLevel.__members__.values() else "",
            topic=get("chu-de", "")[:40].replace("\x00", ""),
        )

    def found(self) -> list[Procedure]:
        """Return the procedures that fit."""
        return catalog.search(
            self.text,
            agency_id=self.agency,
            field=self.field or None,
            subject=self.subject or None,
            level=self.level or None,
            topic=self.topic or None,
        )


@require_safe
def search(request: HttpRequest, online: bool = False) -> HttpResponse:
    """List what fits the criteria; ``online`` leaves only what can be filed here."""
    criteria = Criteria.read(request)
    found = [one for one in criteria.found() if not online or one.level in ONLINE]
    start = max(_number(request.GET.get("tu", "")), 0)
    shown = found[start : start + PAGE]
    context = {
        **search_box(),
        "criteria": criteria,
        "online": online,
        "rows": [(one, _providers(one)) for one in shown],
        "total": len(found),
        "previous": _address(request, start - PAGE) if start else "",
        "next": _address(request, start + PAGE) if start + PAGE < len(found) else "",
        "levels": [(level.value, words.LEVELS[level]) for level in catalog.levels()],
        "subjects": [(subject.value, name) for subject, name in words.SUBJECTS.items()],
        "topics": [(topic.code, topic.name) for topic in catalog.topics()],
        "level_words": words.LEVELS,
    }
    return render(request, "portal/search.html", context)


@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """Show who, with what, how long, how much, by which law, and where to hand in."""
    at = now()
    on = local(at).date()
    edition = catalog.current_edition(code, on).in_language((get_language() or "vi")[:2])
    agencies = [one for one in organisation.agencies(edition.procedure.agency_ids).values() if one.is_valid(on)]
    context = {
        "edition": edition,
        "procedure": edition.procedure,
        "level": words.LEVELS[edition.level],
        "subjects": [name for subject, name in words.SUBJECTS.items() if subject in edition.procedure.subjects],
        "ways": [(words.WAYS[offer.way], words.LEVELS[offer.level], offer.note) for offer in edition.content.channels],
        "is_online": edition.channel(Way.ONLINE) is not None,
        "terms": list(terms(edition)),
        "components": [(rule, words.quantity(rule.component), _cases(edition, rule.cases)) for rule in edition.content.components],
        "grounds": catalog.grounds_of(edition, on),
        "agencies": sorted(agencies, key=lambda one: one.name),
        "desks": {desk.agency_id: desk for desk in organisation.desks(on)},
        "crumbs": crumbs(edition.procedure),
    }  # fmt: skip
    return render(request, "portal/procedure.html", context)


@require_safe
def blank_form(_request: HttpRequest, code: str) -> HttpResponse:
    """Give the form to print and fill in by hand."""
    at = now()
    edition = catalog.current_edition(code, local(at).date())
    made = documents.print_form(printing.sections(edition.form, {}), at=at)
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="to-khai-{edition.procedure.code}.pdf"'
    return response


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for a case: its limits and fees by way of handing in."""

    case: Case
    limits: tuple[tuple[str, str, str], ...]  # way, promised limit, the law's when it is longer
    fees: tuple[tuple[str, str, str], ...]  # way, name, amount in words


def terms(edition: Edition) -> Iterator[Terms]:
    """Yield limits and fees of every case, by way."""
    ways = [offer.way for offer in edition.content.channels]
    for case in edition.content.cases:
        limits = [(str(words.WAYS[way]), *_limit(edition, case, way)) for way in ways]
        fees = [
            (str(words.WAYS[way]), rule.name, fee_words(rule)) for way in ways for rule in _fees(edition, case, way)
        ]
        yield Terms(case, _alike(limits), _alike(fees))


def fee_words(rule: FeeRule) -> str:
    """Return a fixed amount, or how the amount is worked out."""
    if rule.amount.isdigit():
        amount = dong(int(rule.amount)) if int(rule.amount) else _("Không thu")
        return f"{amount} – {rule.explanation}" if rule.explanation else amount
    return rule.explanation or _("tính theo tờ khai")


def search_box() -> dict[str, Any]:
    """Return what the search box offers: agencies that provide something, and fields."""
    agencies = organisation.agencies(catalog.providers()).values()
    return {
        "agencies": sorted(((str(one.id), one.name) for one in agencies), key=lambda pair: pair[1]),
        "fields": [(field.code, field.name) for field in catalog.fields()],
    }


def crumbs(found: Procedure) -> tuple[tuple[str, str], ...]:
    """Return the way to a procedure's page."""
    field = f"/thu-tuc/?{urlencode({'linh-vuc': found.field.code})}"
    return ((_("Trang chủ"), "/"), (found.field.name, field), (found.code, ""))


def _limit(edition: Edition, case: Case, way: Way) -> tuple[str, str]:
    offer = edition.limit_for(case.key, way)
    promised, by_law = deadlines.limit_words(offer.rule), deadlines.limit_words(offer.law)
    return promised, by_law if offer.shortened else ""


def _fees(edition: Edition, case: Case, way: Way) -> list[FeeRule]:
    fitting = [rule for rule in edition.content.fees if rule.case in ("", case.key) and rule.way in (None, way)]
    chosen: dict[str, FeeRule] = {}
    for rule in sorted(fitting, key=lambda rule: (rule.case != "", rule.way is not None)):
        chosen[rule.key] = rule
    return list(chosen.values())


def _alike(rows: list[tuple[str, str, str]]) -> tuple[tuple[str, str, str], ...]:
    """Bring rows that say the same together: "Trực tuyến, Qua bưu chính công ích"."""
    merged: dict[tuple[str, str], list[str]] = {}
    for way, first, second in rows:
        merged.setdefault((first, second), []).append(way)
    only = len(merged) == 1
    return tuple(("" if only else ", ".join(ways), *said) for said, ways in merged.items())


def _cases(edition: Edition, keys: tuple[str, ...]) -> str:
    return words.joined(edition.case(key).name for key in keys) if len(edition.content.cases) > 1 else ""


def _providers(found: Procedure) -> str:
    names = sorted(one.name for one in organisation.agencies(found.agency_ids).values())
    if len(names) > 2:
        return _("%(first)s và %(count)s cơ quan khác") % {"first": names[0], "count": len(names) - 1}
    return words.joined(names)


def _address(request: HttpRequest, start: int) -> str:
    query = request.GET.copy()
    query["tu"] = str(max(start, 0))
    return f"{request.path}?{query.urlencode()}"


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
