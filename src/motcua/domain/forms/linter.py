"""What is wrong with a form before it is published: every problem at once, each with the place where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from motcua.domain.forms import conditions, words
from motcua.domain.forms.composites import NONE, OPTIONAL, REQUIRED, all_parts
from motcua.domain.forms.schema import pattern_works
from motcua.domain.forms.types import COMPOSITES, Field, Form, Group, Kind
from motcua.foundation.kernel.errors import FieldProblem

_KEY = re.compile(r"[a-z][a-z0-9_]{0,49}")
# Names CEL keeps for itself, or that an edition declares beside the answers.
RESERVED = frozenset(
    {"true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import"}
    | {"let", "loop", "package", "namespace", "return", "var", "void", "while", "case", "channel", "quantity", "on"}
)
MOST_FIELDS, MOST_ITEMS = 300, 200


def problems(form: Form) -> tuple[FieldProblem, ...]:
    """Return everything that keeps the form from being published."""
    found = [*_of_keys(form), *_of_pages(form)]
    for group in form.repeats():
        found += _of_repeat(group)
    for asked in form.fields():
        found += _of_field(asked)
    found += [FieldProblem(bad.where, bad.sentence) for bad in conditions.rules_of(form).bad]
    return tuple(found)


def _of_keys(form: Form) -> Iterator[FieldProblem]:
    keys = [asked.key for asked in form.fields()]
    keys += [item.key for page in form.pages for item in page.items if isinstance(item, Group)]
    for key, count in Counter(keys).items():
        if count > 1:
            yield FieldProblem(
                key, _("Mã “%(key)s” dùng %(count)s lần; mỗi mã chỉ dùng một lần.") % {"key": key, "count": count}
            )
        if not _KEY.fullmatch(key) or key in RESERVED:
            yield FieldProblem(
                key,
                _("Mã “%(key)s” phải gồm chữ thường không dấu, số, gạch dưới, và không phải từ dành riêng.")
                % {"key": key},
            )
    pages = Counter(page.key for page in form.pages)
    for key in (key for key, count in pages.items() if count > 1):
        yield FieldProblem(key, _("Hai trang cùng mang mã “%(key)s”.") % {"key": key})
    if len(keys) > MOST_FIELDS:
        yield FieldProblem(
            "", _("Biểu mẫu có %(count)s câu hỏi, nhiều nhất là %(most)s.") % {"count": len(keys), "most": MOST_FIELDS}
        )


def _of_pages(form: Form) -> Iterator[FieldProblem]:
    if not form.pages:
        yield FieldProblem("", _("Biểu mẫu chưa có trang nào."))
    for page in form.pages:
        if not page.items:
            yield FieldProblem(page.key, _("Trang “%(page)s” chưa có câu hỏi nào.") % {"page": page.heading})


def _of_repeat(group: Group) -> Iterator[FieldProblem]:
    repeat = group.repeat
    if repeat and not 0 <= repeat.minimum <= repeat.maximum <= MOST_ITEMS:
        yield FieldProblem(
            group.key, _("Số lần lặp phải từ 0 đến %(most)s, ít nhất không quá nhiều nhất.") % {"most": MOST_ITEMS}
        )
    for asked in group.fields if repeat else ():
        if asked.source:
            yield FieldProblem(asked.key, _("Câu hỏi trong nhóm lặp không điền sẵn được từ dữ liệu đã biết."))


def _of_field(asked: Field) -> Iterator[FieldProblem]:
    if asked.kind in (Kind.CHOICE, Kind.CHOICES):
        values = [option.value for option in asked.options]
        if len(values) < 1 or len(values) != len(set(values)):
            yield FieldProblem(asked.key, _("“%(label)s” cần các lựa chọn khác nhau.") % {"label": asked.label})
    if asked.kind is Kind.COMPUTED and not asked.formula:
        yield FieldProblem(asked.key, _("“%(label)s” được tính nhưng chưa có công thức.") % {"label": asked.label})
    if asked.kind is Kind.INFORMATION and not asked.body:
        yield FieldProblem(asked.key, _("Đoạn thông tin “%(label)s” chưa có nội dung.") % {"label": asked.label})
    if asked.pattern and not pattern_works(asked.pattern):
        yield FieldProblem(asked.key, _("Mẫu ký tự của “%(label)s” không dùng được.") % {"label": asked.label})
    if asked.max_length and asked.min_length > asked.max_length:
        yield FieldProblem(
            asked.key, _("Độ dài ít nhất của “%(label)s” lớn hơn độ dài nhiều nhất.") % {"label": asked.label}
        )
    yield from _of_limits(asked)
    yield from _of_parts(asked)


def _of_limits(asked: Field) -> Iterator[FieldProblem]:
    for limit in (asked.minimum, asked.maximum):
        is_day = isinstance(limit, str) and (limit == "today" or words.is_date(limit))
        if limit is not None and (asked.kind is Kind.DATE) != is_day:
            yield FieldProblem(
                asked.key, _("Giới hạn của “%(label)s” không đúng kiểu của câu hỏi.") % {"label": asked.label}
            )


def _of_parts(asked: Field) -> Iterator[FieldProblem]:
    known = {part.key for part in all_parts(asked.kind)} if asked.kind in COMPOSITES else set()
    for part, demanded in asked.parts.items():
        if part not in known or demanded not in (REQUIRED, OPTIONAL, NONE):
            yield FieldProblem(
                asked.key,
                _("“%(label)s” không có phần “%(part)s”, hoặc yêu cầu của phần đó không rõ.")
                % {"label": asked.label, "part": part},
            )
