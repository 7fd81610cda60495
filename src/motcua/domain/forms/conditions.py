"""What an expression of a form may name, and the values it sees.

A condition sees every question asked *before* it, under its own key; inside a repeated group also the questions of
the same item that come before it. ``required_when`` sees the whole form. So no expression can go round in a circle.
A question not answered, or hidden, is ``null``: a condition that needs it is not met (``foundation/expressions``).
Dates are dates, a composite is a record of its parts (``owner.birth_on``), a repeat a list of maps.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from motcua.domain.forms.composites import all_parts
from motcua.domain.forms.types import COMPOSITES, ComputedAs, Field, Form, Group, Kind, Page
from motcua.foundation import expressions
from motcua.foundation.expressions import BadExpression, Expression, Type

_COMPUTED = {
    ComputedAs.TEXT: expressions.STRING,
    ComputedAs.NUMBER: expressions.DOUBLE,
    ComputedAs.MONEY: expressions.INT,
    ComputedAs.BOOLEAN: expressions.BOOL,
}
_SIMPLE = {
    Kind.MONEY: expressions.INT,
    Kind.DATE: expressions.DATE,
    Kind.BOOLEAN: expressions.BOOL,
    Kind.CHOICES: expressions.list_of(expressions.STRING),
}


def type_of(asked: Field) -> Type:
    """The type under which an expression sees a field."""
    if asked.kind is Kind.COMPUTED:
        return _COMPUTED[asked.computed_as]
    if asked.kind is Kind.NUMBER:
        return expressions.DOUBLE if asked.decimals else expressions.INT
    if asked.kind in COMPOSITES:
        return expressions.record({part.key: type_of(part) for part in all_parts(asked.kind)})
    return _SIMPLE.get(asked.kind, expressions.STRING)


def seen(value: Any) -> Any:
    """The value as an expression sees it: a text left empty is no answer."""
    if isinstance(value, Mapping):
        return {key: seen(part) for key, part in value.items()}
    return None if value == "" else value


def declared(form: Form) -> dict[str, Type]:
    """Everything an expression outside the form (an edition's case, a fee) may name."""
    scope: dict[str, Type] = {}
    for page in form.pages:
        for item in page.items:
            _declare(scope, item)
    return scope


@dataclass(frozen=True, slots=True)
class BadRule:
    """An expression that does not compile: where it stands, and the sentence that says why."""

    where: str
    sentence: str


@dataclass(slots=True)
class Rules:
    """The compiled expressions of a form, by the place where they stand (``page:…``, ``field:…#visible_when``)."""

    compiled: dict[str, Expression] = field(default_factory=dict)
    bad: list[BadRule] = field(default_factory=list)

    def add(self, where: str, source: str, scope: Mapping[str, Type], wanted: Type) -> None:
        """Compile one expression; a bad one is kept for the linter."""
        if not source:
            return
        try:
            self.compiled[where] = expressions.compile(source, scope, returns=wanted)
        except BadExpression as error:
            self.bad.append(BadRule(where, str(error)))


def rules_of(form: Form) -> Rules:
    """Compile every expression of the form once, in the scope it may see."""
    kept = _RULES.get(id(form))
    if kept is None or kept[0] is not form:
        kept = (form, _compile(form))
        _RULES[id(form)] = kept
        while len(_RULES) > _KEPT:
            _RULES.popitem(last=False)
    return kept[1]


# Keyed by identity, holding the form so that its id cannot be given to another; forms hold mappings and do not hash.
_RULES: OrderedDict[int, tuple[Form, Rules]] = OrderedDict()
_KEPT = 256


def _declare(scope: dict[str, Type], item: Group | Field) -> None:
    if isinstance(item, Field):
        if item.kind is not Kind.INFORMATION:
            scope[item.key] = type_of(item)
    elif item.repeat is not None:
        inner_types = {f.key: type_of(f) for f in item.fields if f.kind is not Kind.INFORMATION}
        scope[item.key] = expressions.list_of(expressions.record(inner_types))
    else:
        for inner in item.fields:
            _declare(scope, inner)


def _compile(form: Form) -> Rules:
    rules, scope, everything = Rules(), dict[str, Type](), declared(form)
    for page in form.pages:
        rules.add(f"page:{page.key}", page.visible_when, scope, expressions.BOOL)
        _compile_page(page, rules, scope, everything)
    return rules


def _compile_page(page: Page, rules: Rules, scope: dict[str, Type], everything: dict[str, Type]) -> None:
    for item in page.items:
        if isinstance(item, Field):
            _compile_field(item, rules, scope, everything)
            _declare(scope, item)
            continue
        rules.add(f"group:{item.key}", item.visible_when, scope, expressions.BOOL)
        inside = dict(scope) if item.repeat is not None else scope
        whole = (
            everything
            if item.repeat is None
            else everything | {inner.key: type_of(inner) for inner in item.fields if inner.kind is not Kind.INFORMATION}
        )
        for inner in item.fields:
            _compile_field(inner, rules, inside, whole)
            _declare(inside, inner)
        _declare(scope, item)


def _compile_field(asked: Field, rules: Rules, scope: dict[str, Type], everything: dict[str, Type]) -> None:
    rules.add(f"{asked.key}#visible_when", asked.visible_when, scope, expressions.BOOL)
    rules.add(f"{asked.key}#required_when", asked.required_when, everything, expressions.BOOL)
    if asked.kind is Kind.COMPUTED:
        rules.add(f"{asked.key}#formula", asked.formula, scope, type_of(asked))
