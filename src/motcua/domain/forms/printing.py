"""A filled-in form as it stands on paper: sections of rows, and tables for repeated groups (TT 11/2025, 5.1d)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from motcua.domain.forms import words
from motcua.domain.forms.composites import asked_parts
from motcua.domain.forms.looking import Shown, View, look
from motcua.domain.forms.types import COMPOSITES, ComputedAs, Field, Form, Group, Kind, Section, Values
from motcua.foundation.kernel.money import dong


def sections(form: Form, values: Values) -> dict[str, Any]:
    """Return what the form's print template needs, as plain JSON.

    Shape: ``{title, number, ground, addressee, pledge, sections: [{title, rows: [{label, value}],
    tables: [{title, columns: [str], rows: [[str]]}]}]}``. Rows follow the paper form's order and wording
    (``Field.paper_order``, ``Field.on_paper``); a question not answered keeps its row with an empty value, a hidden
    one has none; sections with nothing to print are left out.
    """
    view = look(form, values)
    paper = form.paper
    printed = [_section(section, view) for section in form.sections]
    return {
        "title": paper.title if paper else form.title,
        "number": paper.number if paper else "",
        "ground": paper.ground if paper else "",
        "addressee": paper.addressee if paper else "",
        "pledge": paper.pledge if paper else "",
        "sections": [part for part in printed if part["rows"] or part["tables"]],
    }


def shown(asked: Field, value: Any) -> str:
    """Return a value as people read it: dates dd/mm/yyyy, money with dots, the words of a choice."""
    if value is None or value == "":
        return ""
    if asked.kind in COMPOSITES:
        return _composite(asked, value)
    if asked.kind is Kind.COMPUTED:
        return _computed(asked, value)
    if asked.kind is Kind.DATE:
        return date.fromisoformat(value).strftime("%d/%m/%Y") if words.is_date(str(value)) else str(value)
    if asked.kind in (Kind.NUMBER, Kind.MONEY):
        return shown_number(asked, value)
    if asked.kind is Kind.BOOLEAN:
        return _("Có") if value else _("Không")
    labels = {option.value: option.label for option in asked.options}
    if asked.kind is Kind.CHOICES and isinstance(value, list):
        return "; ".join(labels.get(one, str(one)) for one in value)
    return labels.get(value, str(value)) if asked.kind is Kind.CHOICE else str(value)


def shown_number(asked: Field, value: Any) -> str:
    """Return a number as Vietnamese writes it: ``1.250,5 m²``, ``700.000 đ``."""
    if not isinstance(value, int | float):
        return str(value)
    if asked.kind is Kind.MONEY:
        return dong(int(value))
    text = f"{value:,.{asked.decimals}f}" if value % 1 else f"{int(value):,}"
    text = text.translate(str.maketrans(",.", ".,"))
    return f"{text} {asked.unit}" if asked.unit else text


def _section(section: Section, view: View) -> dict[str, Any]:
    pages = {page.key for page in view.pages}
    rows: list[tuple[int, int, dict[str, str]]] = []
    tables = []
    for page in section.pages:
        if page.key not in pages:
            continue
        on_page = view.on(page.key)
        rows += [
            (one.field.paper_order or 10_000, len(rows) + at, row)
            for at, one in enumerate(on_page)
            if one.index is None
            for row in _rows(one)
        ]
        tables += [
            _table(item, [one for one in on_page if one.group == item.key])
            for item in page.items
            if isinstance(item, Group) and item.repeat is not None and view.groups.get(item.key)
        ]
    ordered = [row for _order, _at, row in sorted(rows, key=lambda row: row[:2])]
    return {"title": section.title, "rows": ordered, "tables": tables}


def _rows(one: Shown) -> list[dict[str, str]]:
    """A composite is a row per part; of a person the first row, the name, carries the label of the question."""
    asked = one.field
    if not asked.printed or asked.kind is Kind.INFORMATION:
        return []
    if not _is_split(asked):
        return [{"label": _label(asked), "value": shown(asked, one.value)}]
    rows = [
        {"label": _label(part.field), "value": shown(part.field, part.value)}
        for part in one.parts
        if part.field.printed
    ]
    if asked.kind is Kind.PERSON and rows:
        rows[0]["label"] = _label(asked)
    return rows


def _table(group: Group, cells: list[Shown]) -> dict[str, Any]:
    lines: dict[int, dict[str, str]] = {}
    for one in cells:
        line = lines.setdefault(one.index or 0, {})
        if _is_split(one.field):
            line |= {f"{one.field.key}-{part.field.key}": shown(part.field, part.value) for part in one.parts}
        else:
            line[one.field.key] = shown(one.field, one.value)
    columns = dict(_columns(group))
    return {
        "title": group.title,
        "columns": list(columns.values()),
        "rows": [[line.get(key, "") for key in columns] for _at, line in sorted(lines.items())],
    }


def _columns(group: Group) -> Iterator[tuple[str, str]]:
    for asked in group.fields:
        if not asked.printed or asked.kind is Kind.INFORMATION:
            continue
        if _is_split(asked):
            parts = (part for part in asked_parts(asked) if part.printed)
            yield from ((f"{asked.key}-{part.key}", _label(part)) for part in parts)
        else:
            yield asked.key, _label(asked)


def _is_split(asked: Field) -> bool:
    """An address is one line on paper, other composites are a line or a column per part."""
    return asked.kind in COMPOSITES and asked.kind is not Kind.ADDRESS


def _label(asked: Field) -> str:
    return asked.on_paper or asked.label.rstrip("?")


def _composite(asked: Field, value: Any) -> str:
    given = value if isinstance(value, Mapping) else {}
    if asked.kind is Kind.ADDRESS:  # smallest first, as an envelope has it
        return ", ".join(str(given[key]) for key in ("detail", "ward", "province") if given.get(key))
    return "; ".join(
        f"{part.label}: {shown(part, given[part.key])}"
        for part in asked_parts(asked)
        if part.printed and given.get(part.key)
    )


def _computed(asked: Field, value: Any) -> str:
    if asked.computed_as is ComputedAs.MONEY:
        return dong(int(value))
    if asked.computed_as is ComputedAs.BOOLEAN:
        return _("Có") if value else _("Không")
    return shown_number(asked, value) if asked.computed_as is ComputedAs.NUMBER else str(value)
