"""Compile an expression once against declared names; run it as often as needed.

Bounds: source ≤ 2,000 characters, loops never inside loops, lists ≤ 1,000 items checked before evaluation, and the
library's own budget of 10,000 iterations and 32 levels of nesting behind them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from cel_expr_python import cel
from cel_expr_python.ext import ext_math
from django.utils.translation import gettext as _

from motcua.foundation.expressions import wire
from motcua.foundation.expressions.convert import plain
from motcua.foundation.expressions.errors import BadExpression, EvaluationFailed
from motcua.foundation.expressions.functions import FUNCTIONS
from motcua.foundation.expressions.sentences import bad_expression, evaluation_failed
from motcua.foundation.expressions.types import Kind, Type

MAX_SOURCE = 2_000
MAX_LOOP_DEPTH = 1

Declared = tuple[tuple[str, Type], ...]
_SCALARS = {
    Kind.INT: cel.Type.INT,
    Kind.DOUBLE: cel.Type.DOUBLE,
    Kind.BOOL: cel.Type.BOOL,
    Kind.STRING: cel.Type.STRING,
    Kind.DATE: cel.Type.TIMESTAMP,
    Kind.TIMESTAMP: cel.Type.TIMESTAMP,
    Kind.ANY: cel.Type.DYN,
}
# A wrapper type makes the checker accept ``x == null`` beside ordinary use; moments accept it by themselves.
_NULLABLE = {
    Kind.INT: "google.protobuf.Int64Value",
    Kind.DOUBLE: "google.protobuf.DoubleValue",
    Kind.BOOL: "google.protobuf.BoolValue",
    Kind.STRING: "google.protobuf.StringValue",
}
_RESULTS = frozenset({"BOOL", "INT", "DOUBLE", "STRING", "TIMESTAMP", "DYN"})


@dataclass(frozen=True, eq=False)
class Expression:
    """A compiled expression. ``returns`` is CEL's name of its type, ``names`` the declared names it uses."""

    source: str
    returns: str
    names: frozenset[str]
    _declared: Mapping[str, Type] = field(repr=False)
    _checked: bytes = field(repr=False)
    _programs: dict[frozenset[str], cel.Expression] = field(default_factory=dict, repr=False)

    def evaluate(self, values: Mapping[str, Any]) -> Any:
        """Return bool, int, str, float, an aware datetime, or a list of these.

        ``values`` are plain Python, keyed as declared (records as mappings); names not used are not looked at.
        Raises EvaluationFailed: a value is unanswered, of a wrong type or too big, or has no result (1 ÷ 0).
        """
        seen = {name: plain(_look_up(values, name), self._declared[name], name) for name in self.names}
        unset = frozenset(name for name, value in seen.items() if value is None)
        try:
            found = self._program(unset).eval(data=seen)
        except RuntimeError as error:  # the library's budget of iterations
            raise evaluation_failed(str(error), ()) from None
        result = found.plain_value()
        if found.type() == cel.Type.ERROR:
            raise evaluation_failed(str(result), tuple(sorted(unset)))
        if result is None:
            raise evaluation_failed("null_type", tuple(sorted(unset)))
        return result

    def _program(self, unset: frozenset[str]) -> cel.Expression:
        """One program per set of unanswered names: the library takes ``null`` only where a name may be anything."""
        if unset not in self._programs:
            used = tuple((name, self._declared[name]) for name in sorted(self.names))
            self._programs[unset] = _running(used, unset).deserialize(self._checked)
        return self._programs[unset]


def compile(source: str, declared: Mapping[str, Type], *, returns: Type | None = None) -> Expression:
    """Compile ``source`` against the declared names; the same pair is compiled once.

    Raises BadExpression: too long, misspelt, mistyped, a loop in a loop, or not of the type ``returns``.
    """
    expression = _compiled(source.strip(), tuple(sorted(_flat(declared, ""))))
    wanted = _cel_type(returns).name() if returns else expression.returns
    if expression.returns not in (wanted, "DYN"):
        raise BadExpression(_("Biểu thức này phải cho kết quả kiểu %(wanted)s.") % {"wanted": returns}, 0)
    return expression


@lru_cache(maxsize=4096)
def _compiled(source: str, declared: Declared) -> Expression:
    _check_source(source)
    try:
        found = _checking(declared).compile(source)
    except RuntimeError as error:
        raise bad_expression(source, str(error)) from None
    checked, returns = found.serialize(), found.return_type().name()
    if wire.loop_depth(checked) > MAX_LOOP_DEPTH:
        raise BadExpression(_("Không được lồng vòng lặp trong vòng lặp; hãy tách thành hai điều kiện."), 0)
    if returns.removeprefix("LIST<").removesuffix(">") not in _RESULTS:
        raise BadExpression(_("Kết quả phải là đúng/sai, số, chữ, ngày hoặc danh sách các giá trị đó."), 0)
    types = dict(declared)
    return Expression(source, returns, wire.names(checked) & types.keys(), types, checked)


def _check_source(source: str) -> None:
    if not source:
        raise BadExpression(_("Biểu thức còn trống."), 0)
    if len(source) > MAX_SOURCE:
        raise BadExpression(
            _("Biểu thức dài %(length)s ký tự; tối đa là %(limit)s.") % {"length": len(source), "limit": MAX_SOURCE},
            MAX_SOURCE,
        )
    strange = next((place for place, letter in enumerate(source) if not _can_be_read(letter)), None)
    if strange is not None:
        raise BadExpression(_("Biểu thức có ký tự không hợp lệ."), strange)


def _can_be_read(letter: str) -> bool:
    return letter in "\n\r\t" or (letter >= " " and not "\ud800" <= letter <= "\udfff")


@lru_cache(maxsize=512)
def _checking(declared: Declared) -> cel.Env:
    return _environment({name: _nullable(kind) for name, kind in declared})


@lru_cache(maxsize=2048)
def _running(used: Declared, unset: frozenset[str]) -> cel.Env:
    running = _environment({name: cel.Type.DYN if name in unset else _cel_type(kind) for name, kind in used})
    running.compile("true")  # an environment that has compiled nothing refuses datetimes (cel-expr-python 0.1.3)
    return running


def _environment(variables: Mapping[str, cel.Type]) -> cel.Env:
    return cel.NewEnv(variables=variables, functions=FUNCTIONS, extensions=[ext_math.ExtMath()])


def _nullable(declared: Type) -> cel.Type:
    return cel.Type(_NULLABLE[declared.kind]) if declared.kind in _NULLABLE else _cel_type(declared)


def _cel_type(declared: Type) -> cel.Type:
    if declared.kind is Kind.LIST and declared.element:
        return cel.Type.List(_cel_type(declared.element))
    if declared.kind is Kind.MAP and declared.element:
        return cel.Type.Map(cel.Type.STRING, _cel_type(declared.element))
    if declared.kind is Kind.RECORD:
        return cel.Type.Map(cel.Type.STRING, cel.Type.DYN)
    return _SCALARS[declared.kind]


def _flat(declared: Mapping[str, Type], prefix: str) -> list[tuple[str, Type]]:
    """Declare a record by its parts, ``owner.name``, so that each is type-checked."""
    flat: list[tuple[str, Type]] = []
    for name, kind in declared.items():
        if kind.kind is Kind.RECORD:
            flat += _flat(dict(kind.fields), f"{prefix}{name}.")
        else:
            flat.append((prefix + name, kind))
    return flat


def _look_up(values: Mapping[str, Any], name: str) -> Any:
    if name in values:
        return values[name]
    found: Any = values
    for part in name.split("."):
        if found is None:
            return None
        if not isinstance(found, Mapping):
            raise EvaluationFailed(_("Giá trị của “%(name)s” không đúng kiểu đã khai báo.") % {"name": name})
        found = found.get(part)
    return found
