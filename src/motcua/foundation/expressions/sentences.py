"""The library's English diagnostics, as one Vietnamese sentence and a place."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.foundation.expressions.errors import BadExpression, EvaluationFailed

_PLACE = re.compile(r"<input>:(-?\d+):(-?\d+): (.*)")
_UNDECLARED = re.compile(r"undeclared reference to '([^']*)'")
_OVERLOAD = re.compile(r"no matching overload for '([^']*)' applied to '(.*?)'")
_KEY = re.compile(r'Key not found in map : "?([^"]*)"?')
_TYPE_WORDS = {
    "int": gettext_lazy("số nguyên"),
    "uint": gettext_lazy("số nguyên"),
    "double": gettext_lazy("số thập phân"),
    "string": gettext_lazy("chữ"),
    "bool": gettext_lazy("đúng/sai"),
    "timestamp": gettext_lazy("ngày"),
    "google.protobuf.Timestamp": gettext_lazy("ngày"),
    "list": gettext_lazy("danh sách"),
    "map": gettext_lazy("nhóm"),
    "null_type": gettext_lazy("trống"),
}
_WORD = re.compile("|".join(sorted(map(re.escape, _TYPE_WORDS), key=len, reverse=True)))


def bad_expression(source: str, diagnostic: str) -> BadExpression:
    """Return what to tell the author: the first thing that is wrong, and where."""
    if "recursion" in diagnostic:
        return BadExpression(_("Biểu thức lồng nhau quá sâu; hãy tách thành các biểu thức ngắn hơn."), 0)
    place = _PLACE.search(diagnostic)
    if not place:
        return BadExpression(_("Biểu thức không dùng được."), 0, diagnostic=diagnostic)
    line, column, words = int(place[1]), int(place[2]), place[3]
    position = _offset(source, line, column)
    sentence = _("Dòng %(line)s, cột %(column)s: %(what)s") % {"line": line, "column": column, "what": _what(words)}
    return BadExpression(sentence, position, diagnostic=diagnostic)


def _what(words: str) -> str:
    if undeclared := _UNDECLARED.search(words):
        return _("không có trường hay hàm nào tên là “%(name)s”.") % {"name": undeclared[1]}
    if overload := _OVERLOAD.search(words):
        operation = overload[1].strip("_").replace("?_:", "? :").replace("_", " ")
        kinds = _WORD.sub(lambda m: str(_TYPE_WORDS[m[0]]), re.sub(r"wrapper\((\w+)\)", r"\1", overload[2]))
        return _("“%(operation)s” không dùng được với %(kinds)s.") % {"operation": operation, "kinds": kinds}
    if "Syntax error" in words:
        return _("viết sai cú pháp từ chỗ này.")
    return _("chỗ này không dùng được.")


def _offset(source: str, line: int, column: int) -> int:
    before = source.split("\n")[: max(line - 1, 0)]
    return min(sum(len(part) + 1 for part in before) + max(column - 1, 0), len(source))


def evaluation_failed(diagnostic: str, unset: tuple[str, ...]) -> EvaluationFailed:
    """Return what to tell whoever waits for the value."""
    if unset and ("null" in diagnostic or diagnostic.startswith("UNKNOWN")):
        names = ", ".join(unset)
        return EvaluationFailed(_("Chưa có giá trị của: %(names)s.") % {"names": names}, unset, diagnostic=diagnostic)
    return EvaluationFailed(_why(diagnostic), diagnostic=diagnostic)


def _why(diagnostic: str) -> str:
    if "by zero" in diagnostic:
        return _("Biểu thức chia cho 0.")
    if "overflow" in diagnostic or "OUT_OF_RANGE: int" in diagnostic:
        return _("Kết quả của biểu thức là số quá lớn.")
    if "Iteration budget" in diagnostic:
        return _("Biểu thức phải lặp quá nhiều lần.")
    if key := _KEY.search(diagnostic):
        return _("Không có mục “%(name)s” trong dữ liệu.") % {"name": key[1]}
    return _("Không tính được biểu thức với dữ liệu này.")
