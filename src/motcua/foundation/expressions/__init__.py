"""Conditions and formulas that authors write: CEL, type-checked when written, bounded when run.

Forms show a question by them, processes choose a way, editions compute a fee. The environment is declared from
typed fields, so a misspelt name is found by the author, never by a citizen. Nothing here keeps a table, and
nothing an author writes is ever run as Python.
"""

from motcua.foundation.expressions.compiling import Expression, compile
from motcua.foundation.expressions.convert import plain
from motcua.foundation.expressions.errors import BadExpression, EvaluationFailed
from motcua.foundation.expressions.types import (
    ANY,
    BOOL,
    DATE,
    DOUBLE,
    INT,
    STRING,
    TIMESTAMP,
    Type,
    list_of,
    map_of,
    record,
)

__all__ = [
    "ANY",
    "BOOL",
    "DATE",
    "DOUBLE",
    "INT",
    "STRING",
    "TIMESTAMP",
    "BadExpression",
    "EvaluationFailed",
    "Expression",
    "Type",
    "compile",
    "list_of",
    "map_of",
    "plain",
    "record",
]
