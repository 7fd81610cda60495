"""A form, or one page of it, ready to be drawn: a view builds one ``Sheet``, a template draws it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from motcua.channels.ui.eform.answers import Answer, Marks, Typed, answer_of
from motcua.domain.forms.knowing import Comparison
from motcua.domain.forms.looking import Shown, View, look
from motcua.domain.forms.types import Form, Group, Page, Values
from motcua.foundation.kernel.errors import FieldProblem


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer of a repeated group: "Sản phẩm 2"."""

    index: int
    title: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """What is drawn together: single questions, a titled group, or a repeated group with its entries."""

    answers: tuple[Answer, ...] = ()
    group: Group | None = None
    entries: tuple[Entry, ...] = ()

    @property
    def may_add(self) -> bool:
        return bool(self.group and self.group.repeat and len(self.entries) < self.group.repeat.maximum)


@dataclass(frozen=True, slots=True)
class Wrong:
    """One line of the error summary, linked to its input."""

    href: str
    text: str


class Sheet:
    """``typed`` is the post that was not accepted, shown again as it was; ``added`` adds empty entries to repeated
    groups; ``dispute_url`` is where "Báo sai" leads, with ``{path}`` for the answer.
    """

    def __init__(
        self,
        form: Form,
        values: Values,
        *,
        problems: Iterable[FieldProblem] = (),
        sources: Mapping[str, str] | None = None,
        differences: Iterable[Comparison] = (),
        typed: Typed | None = None,
        added: Mapping[str, int] | None = None,
        dispute_url: str = "",
    ) -> None:
        self.form = form
        self.problems = tuple(problems)
        self.dispute_url = dispute_url
        self.view: View = look(form, _with_blanks(form, values, added or {}))
        self._marks = Marks(
            problems={problem.field: problem.sentence for problem in self.problems},
            sources=sources or {},
            differences={one.path: one for one in differences if not one.same},
            typed=renumbered(form, _as_lists(typed or {})),
        )

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages a person sees."""
        return self.view.pages

    def place(self, page: Page) -> tuple[int, int]:
        """Return which of how many pages this is: "Bước 3 trên 7"."""
        return [one.key for one in self.pages].index(page.key) + 1, len(self.pages)

    def blocks(self, page: Page) -> Iterator[Block]:
        """What to draw on the page, in order."""
        shown = self.view.on(page.key)
        for item in page.items:
            if isinstance(item, Group):
                if item.key in self.view.groups:
                    yield self._group(item, [one for one in shown if one.group == item.key])
                continue
            yield Block(tuple(self.answer(one) for one in shown if one.path == item.key))

    def answer(self, one: Shown) -> Answer:
        return answer_of(one, self._marks)

    def dispute(self, answer: Answer) -> str:
        """Return where to report that a known value is wrong; empty when it cannot be reported here."""
        return self.dispute_url.replace("{path}", answer.path)

    def summary(self, page: Page | None = None) -> list[Wrong]:
        """Every problem (of the page) as a line that leads to its input."""
        paths = {path for one in (self.view.on(page.key) if page else self.view.shown) for path in _paths(one)}
        groups = {item.key for one in self.pages for item in one.items if isinstance(item, Group)}
        return [
            Wrong(f"#{problem.field}", str(problem.sentence))
            for problem in self.problems
            if page is None or problem.field in paths or problem.field in groups
        ]

    def _group(self, group: Group, shown: Sequence[Shown]) -> Block:
        if group.repeat is None:
            return Block(tuple(self.answer(one) for one in shown), group)
        count = self.view.groups[group.key] or 0
        entries = tuple(
            Entry(
                index,
                _("%(item)s %(number)s") % {"item": group.repeat.item, "number": index + 1},
                tuple(self.answer(one) for one in shown if one.index == index),
            )
            for index in range(count)
        )
        return Block(group=group, entries=entries)


def _paths(one: Shown) -> Iterator[str]:
    yield one.path
    for part in one.parts:
        yield from _paths(part)


def _with_blanks(form: Form, values: Values, added: Mapping[str, int]) -> dict[str, Any]:
    """Give every repeated group its least number of entries, and those somebody asked to add."""
    filled = dict(values)
    for group in form.repeats():
        if group.repeat is None:
            continue
        items = list(filled.get(group.key) or [])
        wanted = min(max(len(items) + added.get(group.key, 0), group.repeat.minimum), group.repeat.maximum)
        filled[group.key] = items + [{} for _missing in range(wanted - len(items))]
    return filled


def _as_lists(typed: Typed) -> Typed:
    """Read a QueryDict with all its values, which plain indexing would drop."""
    getlist = getattr(typed, "getlist", None)
    return {name: getlist(name) for name in typed} if getlist else typed


def renumbered(form: Form, typed: Typed) -> Typed:
    """Number the entries of repeated groups as ``forms.parsing`` does: in order, empty ones left out."""
    names = dict(typed)
    for group in form.repeats():
        pattern = re.compile(rf"{re.escape(group.key)}-(\d+)-(.+)")
        found = [(int(m[1]), m[2], name) for name in list(names) if (m := pattern.fullmatch(name))]
        filled = sorted({index for index, _rest, name in found if any(text.strip() for text in _each(names[name]))})
        texts = [(index, rest, names.pop(name)) for index, rest, name in found]
        for index, rest, text in texts:
            if index in filled:
                names[f"{group.key}-{filled.index(index)}-{rest}"] = text
    return names


def _each(text: str | Sequence[str]) -> Sequence[str]:
    return (text,) if isinstance(text, str) else text
