"""What a person sees of a form with the answers so far: which pages, which fields, which are required.

One walk, in order: a hidden page, group or field counts as not answered for everything after it. The walk keeps
nothing: the same answers always give the same view.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from motcua.domain.forms import conditions
from motcua.domain.forms.composites import REQUIRED, asked_parts, demand
from motcua.domain.forms.types import COMPOSITES, Field, Form, Group, Kind, Page, Values
from motcua.foundation.expressions import EvaluationFailed


@dataclass(frozen=True, slots=True)
class Shown:
    """One field a person sees. ``path`` names it in posts, problems and sources: ``products-0-name``,
    ``owner-birth_on``. ``parts`` are those of a composite, each with its own demand.
    """

    path: str
    field: Field
    page: str
    group: str
    index: int | None
    required: bool
    value: Any
    parts: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """The form as answered: visible pages and fields in order, and the values that count (hidden ones left out,
    computed ones filled in).
    """

    pages: tuple[Page, ...]
    shown: tuple[Shown, ...]
    groups: Mapping[str, int | None]  # visible groups: number of items, or None when not repeated
    values: Values

    def on(self, page: str) -> tuple[Shown, ...]:
        """The fields shown on that page."""
        return tuple(one for one in self.shown if one.page == page)


def look(form: Form, values: Values) -> View:
    """Walk through the form with these answers."""
    walk = _Walk(form, values)
    for page in form.pages:
        if walk.holds(f"page:{page.key}", walk.seen, otherwise=True):
            walk.page(page)
        else:
            walk.pass_by(page)
    return walk.result()


@dataclass(slots=True)
class _Walk:
    form: Form
    given: Values
    seen: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    groups: dict[str, int | None] = field(default_factory=dict)
    # (index in shown, place of the rule, what the item itself adds to the scope): judged when all is seen
    demands: list[tuple[int, str, dict[str, Any]]] = field(default_factory=list)

    def holds(self, where: str, seen: Mapping[str, Any], *, otherwise: bool) -> bool:
        """Judge one condition. One that lacks an answer it needs is not met."""
        rule = conditions.rules_of(self.form).compiled.get(where)
        if rule is None:
            return otherwise
        try:
            return bool(rule.evaluate(seen))
        except EvaluationFailed:
            return False

    def page(self, page: Page) -> None:
        self.pages.append(page)
        for item in page.items:
            if isinstance(item, Field):
                self.field(page, item)
            else:
                self.group(page, item)

    def pass_by(self, page: Page) -> None:
        for item in page.items:
            self.blank(item)

    def blank(self, item: Group | Field) -> None:
        if isinstance(item, Field):
            self.seen[item.key] = None
        elif item.repeat is not None:
            self.seen[item.key] = []
        else:
            for inner in item.fields:
                self.blank(inner)

    def group(self, page: Page, group: Group) -> None:
        if not self.holds(f"group:{group.key}", self.seen, otherwise=True):
            self.blank(group)
            return
        if group.repeat is None:
            self.groups[group.key] = None
            for inner in group.fields:
                self.field(page, inner, group=group.key)
            return
        given = self.given.get(group.key)
        items = [i for i in given if isinstance(i, Mapping)] if isinstance(given, list) else []
        self.groups[group.key] = len(items)
        inside = [self.item(page, group, index, item) for index, item in enumerate(items)]
        self.seen[group.key] = inside

    def item(self, page: Page, group: Group, index: int, given: Values) -> dict[str, Any]:
        inner = _Walk(self.form, given, seen=dict(self.seen))
        for asked in group.fields:
            inner.field(page, asked, group=group.key, index=index, own=True)
        offset = len(self.shown)
        self.shown += inner.shown
        own = {asked.key: inner.seen.get(asked.key) for asked in group.fields}
        self.demands += [(offset + at, where, own) for at, where, _ in inner.demands]
        self.kept.setdefault(group.key, []).append(inner.kept)
        return own

    def field(self, page: Page, asked: Field, *, group: str = "", index: int | None = None, own: bool = False) -> None:
        if not self.holds(f"{asked.key}#visible_when", self.seen, otherwise=True):
            self.seen[asked.key] = None
            return
        value = self.computed(asked) if asked.kind is Kind.COMPUTED else self.given.get(asked.key)
        self.seen[asked.key] = conditions.seen(value)
        if value is not None:
            self.kept[asked.key] = value
        path = f"{group}-{index}-{asked.key}" if own else asked.key
        if asked.required_when:
            self.demands.append((len(self.shown), f"{asked.key}#required_when", {}))
        self.shown.append(_shown(path, asked, page.key, group, index, value))

    def computed(self, asked: Field) -> Any:
        rule = conditions.rules_of(self.form).compiled.get(f"{asked.key}#formula")
        if rule is None:
            return None
        try:
            return rule.evaluate(self.seen)
        except EvaluationFailed:
            return None

    def result(self) -> View:
        for at, where, own in self.demands:
            one = self.shown[at]
            if not one.required and self.holds(where, self.seen | own, otherwise=False):
                self.shown[at] = _shown(one.path, one.field, one.page, one.group, one.index, one.value, True)
        return View(tuple(self.pages), tuple(self.shown), self.groups, self.kept)


def _shown(
    path: str, asked: Field, page: str, group: str, index: int | None, value: Any, demanded: bool = False
) -> Shown:
    """A composite that is required, or begun, demands its required parts."""
    required = asked.required or demanded
    if asked.kind not in COMPOSITES:
        return Shown(path, asked, page, group, index, required, value)
    given = value if isinstance(value, Mapping) else {}
    begun = any(part not in (None, "", []) for part in given.values())
    parts = tuple(
        Shown(
            f"{path}-{part.key}", part, page, group, index,
            (required or begun) and demand(asked, part.key) == REQUIRED, given.get(part.key),
        )
        for part in asked_parts(asked)
    )  # fmt: skip
    return Shown(path, asked, page, group, index, required, value, parts)
