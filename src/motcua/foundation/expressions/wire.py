"""Reads the two facts we need out of a checked expression: how deep its loops nest, and which names it uses.

The library hands a checked expression out only as protobuf bytes (``cel.expr.CheckedExpr``). Its messages are
walked here directly: four wire types and a dozen field numbers, fixed by CEL's published syntax.proto.
"""

from __future__ import annotations

from collections.abc import Iterator

_REFERENCES, _EXPRESSION = 2, 4
_SELECT, _CALL, _LIST, _STRUCT, _COMPREHENSION = 5, 6, 7, 8, 9
_LOOP_CONDITION, _LOOP_STEP = 5, 6
# In which fields of each kind of node its sub-expressions lie.
_CHILDREN = {
    _SELECT: {1},
    _CALL: {1, 3},
    _LIST: {1},
    _COMPREHENSION: {2, 4, _LOOP_CONDITION, _LOOP_STEP, 7},
}
_ENTRY_PARTS = {3, 4}


def loop_depth(checked: bytes) -> int:
    """Return how many loops run inside one another at most; loops one after another count once."""
    return max((_depth(part) for number, part in _fields(_inside_any(checked)) if number == _EXPRESSION), default=0)


def names(checked: bytes) -> frozenset[str]:
    """Return the names of variables and functions that the expression refers to."""
    found = set()
    for number, entry in _fields(_inside_any(checked)):
        if number == _REFERENCES:
            reference = dict(_fields(entry)).get(2, b"")
            found.add(dict(_fields(reference)).get(1, b"").decode())
    return frozenset(found - {""})


def _inside_any(packed: bytes) -> bytes:
    """A serialised expression is a ``google.protobuf.Any``: its address, then the message."""
    return dict(_fields(packed)).get(2, b"")


def _depth(expression: bytes) -> int:
    deepest = 0
    for number, body in _fields(expression):
        for part, child in _parts(number, body):
            inside_loop = number == _COMPREHENSION and part in (_LOOP_CONDITION, _LOOP_STEP)
            deepest = max(deepest, _depth(child) + inside_loop)
        if number == _COMPREHENSION:
            deepest = max(deepest, 1)
    return deepest


def _parts(number: int, body: bytes) -> Iterator[tuple[int, bytes]]:
    if number == _STRUCT:
        entries = [entry for field, entry in _fields(body) if field == 2]
        yield from ((f, part) for entry in entries for f, part in _fields(entry) if f in _ENTRY_PARTS)
    elif number in _CHILDREN:
        yield from ((field, child) for field, child in _fields(body) if field in _CHILDREN[number])


def _fields(message: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield (number, bytes) of each length-delimited field, passing over the others."""
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        number, wire = tag >> 3, tag & 7
        if wire == 2:
            length, at = _varint(message, at)
            yield number, message[at : at + length]
            at += length
        elif wire == 0:
            _, at = _varint(message, at)
        else:
            at += 8 if wire == 1 else 4


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
