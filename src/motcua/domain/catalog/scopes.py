"""What the expressions of an edition may name: the form's questions, and a few names beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from motcua.domain.forms import conditions
from motcua.domain.forms.types import Form, Kind
from motcua.foundation import expressions
from motcua.foundation.expressions import Expression, Type

_CASE = {"case": expressions.STRING}
_BESIDE = _CASE | {"channel": expressions.STRING, "quantity": expressions.INT}


def of_case(form: Form, source: str) -> Expression:
    """Compile a condition on a case or a component. Raises BadExpression."""
    return expressions.compile(source, conditions.declared(form) | _CASE, returns=expressions.BOOL)


def of_fee(form: Form, source: str, *, each: str = "", returns: Type | None = None) -> Expression:
    """Compile an amount or an exemption: it also sees ``case``, ``channel`` (online, direct, post), ``quantity``,
    and with ``each`` the questions of one item of that repeated group. Raises BadExpression.
    """
    scope = conditions.declared(form) | _BESIDE
    group = next((group for group in form.repeats() if group.key == each), None)
    for asked in group.fields if group else ():
        if asked.kind is not Kind.INFORMATION:
            scope[asked.key] = conditions.type_of(asked)
    return expressions.compile(source, scope, returns=returns)


def seen(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as expressions see them."""
    return {key: conditions.seen(value) for key, value in answers.items()}
