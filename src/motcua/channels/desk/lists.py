"""Lists: everything I may see, filtered in the address bar; received dossiers by kind; the same as a table file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from motcua.channels.desk import words
from motcua.channels.desk.visit import Visit, visit_of
from motcua.channels.ui import formats
from motcua.channels.ui.signin.needed import officer_needed
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.dossiers.queries import COUNTERS, Filter, Whose
from motcua.domain.dossiers.types import Row
from motcua.domain.statuses.types import State

PAGE = 25
MOST_EXPORTED = 10_000
MINE = Filter(whose=Whose.MINE)
WORK = {
    "waiting": replace(MINE, states=tuple(s for s in dossiers.HANDED_IN if s not in (State.SUPPLEMENT_ASKED, State.SUPPLEMENTED))),
    "asked": replace(MINE, states=(State.SUPPLEMENT_ASKED,)),
    "supplemented": replace(MINE, states=(State.SUPPLEMENTED,)),
    "done": Filter(whose=Whose.DONE, states=dossiers.HANDED_IN),
}  # fmt: skip
GROUPS = {**COUNTERS, "draft": Filter(states=(State.DRAFT,))}
RECEIVED = Filter(received=True, order="kind")


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address asks for, as typed; ``filter`` is what it means."""

    query: QueryDict
    start: Filter = COUNTERS["all"]

    def text(self, name: str) -> str:
        return self.query.get(name, "").strip()[:200]

    @property
    def filter(self) -> Filter:
        base = WORK.get(self.text("viec")) or GROUPS.get(self.text("nhom")) or self.start
        states = tuple(State(text) for text in self.query.getlist("trang-thai") if text in set(State) - {State.DRAFT})
        return replace(
            base,
            text=self.text("q"),
            states=tuple(s for s in states if not base.states or s in base.states) or base.states,
            procedure=self.text("thu-tuc"),
            channels=tuple(text for text in self.query.getlist("kenh") if text in words.channel_words()),
            from_on=_day(self.text("tu")),
            until_on=_day(self.text("den")),
            overdue=base.overdue or bool(self.text("qua-han")),
            near=base.near or bool(self.text("sap-han")),
            order=self.text("xep") or base.order,
        )

    @property
    def page(self) -> int:
        text = self.text("trang")
        return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1

    def url(self, **changes: str | list[str]) -> str:
        """Return the address with these parts changed (an empty one is left out); the first page again."""
        query = self.query.copy()
        for name, value in ({"trang": ""} | changes).items():
            query.setlist(name.replace("_", "-"), value if isinstance(value, list) else [value] if value else [])
        kept = QueryDict(mutable=True)
        for name in query:
            kept.setlist(name, [text for text in query.getlist(name) if text])
        return f"?{kept.urlencode()}"

    def toggled(self, name: str, value: str) -> str:
        """Return the address with one value of a filter added or taken out."""
        chosen = self.query.getlist(name)
        rest = [text for text in chosen if text != value]
        return self.url(**{name: rest if len(rest) < len(chosen) else [*chosen, value]})


@require_safe
@officer_needed
def dossiers_page(request: HttpRequest) -> HttpResponse:
    """Show the dossiers that the officer may see and the address chooses (TT 11/2025 5.1e, 12.2b, 15.1)."""
    visit, choice = visit_of(request), Choice(request.GET)
    context = listed(visit, choice, "desk:dossiers")
    context |= {"groups": _groups(visit, choice), "chips": _chips(choice), "tabs": _tabs(visit, choice)}
    return render(request, "desk/lists/dossiers.html", context)


@require_safe
@officer_needed
def received_page(request: HttpRequest) -> HttpResponse:
    """Show what was received, by kind, with the four columns of TT 11/2025 12.2e."""
    visit, choice = visit_of(request), Choice(request.GET, RECEIVED)
    kinds = dossiers.kinds(choice.filter, actor=visit.actor, at=visit.at, on=visit.on)
    chips = [
        {
            "words": kind.name,
            "count": kind.count,
            "url": choice.url(thu_tuc="" if kind.code == choice.filter.procedure else kind.code),
            "on": kind.code == choice.filter.procedure,
        }
        for kind in kinds
    ]
    return render(request, "desk/lists/received.html", listed(visit, choice, "desk:received") | {"kinds": chips})


@require_safe
@officer_needed
def export(request: HttpRequest) -> HttpResponse:
    """Give the list of the address as a table file that spreadsheets open; the same rights, the same rows."""
    visit, choice = visit_of(request), Choice(request.GET, RECEIVED if "da-nhan" in request.GET else COUNTERS["all"])
    rows = dossiers.find_many(choice.filter, actor=visit.actor, at=visit.at, on=visit.on, count=MOST_EXPORTED).rows
    visit.log_rows("desk:export", gettext_noop("Xuất danh sách hồ sơ"), rows)
    response = HttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8")
    stamp = formats.iso(visit.at)[:16].replace(":", "")
    response.headers["Content-Disposition"] = f'attachment; filename="ho-so-{stamp}.csv"'
    return response


def listed(visit: Visit, choice: Choice, page: str) -> dict[str, Any]:
    """Return one page of rows with everything a list's template names, and note who reads it."""
    chosen, start = choice.filter, (choice.page - 1) * PAGE
    found = dossiers.find_many(chosen, actor=visit.actor, at=visit.at, on=visit.on, start=start, count=PAGE)
    visit.log_rows(page, gettext_noop("Xem danh sách hồ sơ"), found.rows)
    end = start + len(found.rows)
    return {
        "choice": choice,
        "filter": chosen,
        "rows": found.rows,
        "total": found.total,
        "more": found.more,
        "first": start + 1,
        "last": end,
        "previous_url": choice.url(trang=str(choice.page - 1)) if choice.page > 1 else "",
        "next_url": choice.url(trang=str(choice.page + 1)) if end < found.total or (found.more and found.rows) else "",
        "channels": words.channel_words(),
        "orders": words.order_words(),
        "states": words.state_words(),
        "procedures": dossiers.kinds(replace(chosen, procedure=""), actor=visit.actor, at=visit.at, on=visit.on),
        "now": visit.at,
    }


def as_csv(rows: Iterable[Row]) -> str:
    """Return rows as a table file: UTF-8 with its mark, so that spreadsheets read Vietnamese."""
    out = io.StringIO()
    writer, channels = csv.writer(out, lineterminator="\r\n"), words.channel_words()
    head = (_("Mã hồ sơ"), _("Mã thủ tục"), _("Tên thủ tục"), _("Nội dung hồ sơ"), _("Chủ hồ sơ"), _("Nộp qua"))
    writer.writerow([*head, _("Ngày nộp"), _("Ngày tiếp nhận"), _("Hẹn trả"), _("Trạng thái")])
    for row in rows:
        moments = [formats.moment(at) for at in (row.submitted_at, row.received_at, row.promised_at)]
        texts = (row.code, row.procedure_code, row.procedure_name, row.summary, row.owner_name, channels[row.channel])
        writer.writerow([_harmless(text) for text in texts] + moments + [row.status_words])
    return "\ufeff" + out.getvalue()


def _harmless(text: str) -> str:
    """A text that a spreadsheet would take for a formula gets a mark before it."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _day(text: str) -> date | None:
    for pattern in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    return None


def _groups(visit: Visit, choice: Choice) -> list[dict[str, Any]]:
    numbers = dossiers.counters(actor=visit.actor, at=visit.at, on=visit.on)
    here = choice.text("nhom") or ("" if choice.text("viec") else "all")
    return [
        {"words": said, "count": numbers[name], "url": choice.url(nhom=name, viec=""), "on": name == here}
        for name, said in words.counter_words().items()
    ] + [{"words": _("Đang nhập tại quầy"), "url": choice.url(nhom="draft", viec=""), "on": here == "draft"}]


def _tabs(visit: Visit, choice: Choice) -> list[dict[str, Any]]:
    return [{"words": _("Tất cả"), "url": choice.url(viec="", nhom=""), "current": not choice.text("viec")}] + [
        {
            "words": said,
            "url": choice.url(viec=name, nhom=""),
            "current": choice.text("viec") == name,
            "count": dossiers.find_many(WORK[name], actor=visit.actor, at=visit.at, on=visit.on, count=0).total,
        }
        for name, said in words.work_words().items()
    ]


def _chips(choice: Choice) -> list[dict[str, Any]]:
    """One chip for every filter that is on, to take it off, and the channels to choose from."""
    on = [
        {"words": said, "url": choice.url(**{name: ""}), "on": True}
        for name, said in (
            ("q", f"“{choice.text('q')}”"),
            ("tu", _("Từ %(day)s") % {"day": choice.text("tu")}),
            ("den", _("Đến %(day)s") % {"day": choice.text("den")}),
            ("thu-tuc", choice.text("thu-tuc")),
            ("qua-han", _("Quá hạn")),
            ("sap-han", _("Sắp hết hạn")),
        )
        if choice.text(name)
    ]
    states = words.state_words()
    on += [
        {"words": states[text], "url": choice.toggled("trang-thai", text), "on": True}
        for text in choice.query.getlist("trang-thai")
        if text in states
    ]
    return on + [
        {"words": said, "url": choice.toggled("kenh", name), "on": name in choice.filter.channels}
        for name, said in list(words.channel_words().items())[:4]
    ]
