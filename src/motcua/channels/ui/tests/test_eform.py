"""What is drawn reads back as what it was: through the widgets and ``forms.parsing``, every kind of question."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.http import QueryDict
from django.template import engines

from motcua.channels.ui.eform.sheet import Sheet, renumbered
from motcua.channels.ui.gallery import FORM, VALUES, sheet
from motcua.domain.forms.parsing import from_post
from motcua.foundation.kernel.errors import FieldProblem

DRAW = '{% import "ui/eform/widgets.html" as eform %}{% for page in sheet.pages %}{{ eform.questions(sheet, page, dense) }}{% endfor %}'


def _draw(drawn: Sheet, *, dense: bool = False) -> str:
    return str(engines.all()[0].env.from_string(DRAW).render(sheet=drawn, dense=dense))  # type: ignore[attr-defined]


class _Inputs(HTMLParser):
    """What a browser would post."""

    def __init__(self) -> None:
        super().__init__()
        self.posted: list[tuple[str, str]] = []
        self.ids: set[str] = set()
        self.labelled: set[str] = set()
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.ids.add(found.get("id", ""))
        if tag == "label":
            self.labelled.add(found.get("for", ""))
        if tag == "input" and (found.get("type") not in ("radio", "checkbox") or "checked" in found):
            self.posted.append((found["name"], found.get("value", "")))
        if tag == "textarea":
            self.area = found["name"]
            self.posted.append((self.area, ""))
        if tag == "select":
            self.select = found["name"]
        if tag == "option" and "selected" in found:
            self.posted.append((self.select, found["value"]))

    def handle_endtag(self, tag: str) -> None:
        self.area = "" if tag == "textarea" else self.area

    def handle_data(self, data: str) -> None:
        if self.area:
            self.posted.append((self.area, self.posted.pop()[1] + data))


def _read(page: str) -> _Inputs:
    parser = _Inputs()
    parser.feed(page)
    return parser


@pytest.mark.parametrize("dense", [False, True])
def test_what_is_drawn_reads_back_as_it_was(dense: bool) -> None:
    values = VALUES | {"ward": "3", "tax": "0101234567", "phone": "0912345678", "more": "Xin cảm ơn & chào <b>"}
    post = QueryDict(mutable=True)
    for name, value in _read(_draw(Sheet(FORM, values), dense=dense)).posted:
        post.appendlist(name, value)
    posted = {name: post.getlist(name) for name in post}
    read: dict[str, Any] = {}
    for page in FORM.pages:
        found, problems = from_post(FORM, page.key, posted)
        assert problems == ()
        read |= found
    assert {key: value for key, value in read.items() if value is not None} == values


@pytest.mark.parametrize("dense", [False, True])
def test_every_problem_leads_to_a_place_on_the_page(dense: bool) -> None:
    every = [one.path for one in Sheet(FORM, VALUES).view.shown if one.field.kind not in ("information", "computed")]
    drawn = Sheet(FORM, VALUES, problems=[FieldProblem(path, "Hãy sửa.") for path in [*every, "home-ward", "owners"]])
    inputs = _read(_draw(drawn, dense=dense))
    for wrong in drawn.summary():
        assert wrong.href[1:] in inputs.ids, wrong
    assert len(drawn.summary()) == len(every) + 2


def test_a_page_lists_only_its_own_problems() -> None:
    drawn = sheet()
    person, land = drawn.pages
    assert [wrong.href for wrong in drawn.summary(person)] == ["#phone"]
    assert [wrong.href for wrong in drawn.summary(land)] == ["#ward"]
    assert drawn.place(land) == (2, 2)


def test_the_persons_own_text_comes_back_with_the_sentence() -> None:
    page = _draw(sheet())
    assert 'value="0912 345"' in page
    assert "Hãy nhập số điện thoại gồm 10 chữ số" in page


def test_sources_differences_and_how_to_report_a_mistake() -> None:
    page = _draw(sheet())
    assert "Lấy từ CSDL quốc gia về dân cư" in page
    assert 'href="#bao-sai-full_name"' in page
    assert "Khác CSDL quốc gia về dân cư: 27/03/1986" in page


def test_a_repeated_group_begins_with_its_least_and_grows_to_its_most() -> None:
    def count(values: dict[str, Any], **more: Any) -> int:
        blocks = Sheet(FORM, values, **more).blocks(FORM.pages[1])
        return next(len(block.entries) for block in blocks if block.group and block.group.key == "owners")

    assert count({}) == 1
    assert count(VALUES, added={"owners": 1}) == 3
    assert count(VALUES, added={"owners": 9}) == 5


def test_typed_entries_are_numbered_as_they_are_read() -> None:
    typed = {"owners-0-name": "", "owners-0-share": " ", "owners-2-name": "Bưởi", "owners-2-share": "x", "why": "merge"}
    assert renumbered(FORM, typed) == {"owners-0-name": "Bưởi", "owners-0-share": "x", "why": "merge"}


def test_optional_questions_say_so_and_required_ones_do_not() -> None:
    page = _draw(Sheet(FORM, {}))
    assert 'Thư điện tử <span class="mc-optional">(không bắt buộc)' in page
    assert 'Họ, chữ đệm và tên <span class="mc-optional">' not in page


def test_labels_of_a_form_are_never_markup() -> None:
    from dataclasses import replace

    from motcua.domain.forms.types import Field, Form, Kind, Option, Page, Section

    evil = "<img src=x onerror=alert(1)>"
    fields = tuple(
        Field(
            f"f{at}", kind, evil, hint=evil, body=evil, unit=evil if kind is Kind.NUMBER else "",
            options=(Option("a", evil, hint=evil),) if kind in (Kind.CHOICE, Kind.CHOICES) else (),
        )
        for at, kind in enumerate(Kind)
        if kind not in (Kind.COMPUTED,)
    )  # fmt: skip
    form = Form("evil", evil, (Section("s", evil, (Page("p", evil, fields, why=evil),)),))
    for dense in (False, True):
        page = _draw(Sheet(form, {}, problems=[FieldProblem(one.key, evil) for one in fields]), dense=dense)
        assert "<img" not in page
    assert replace(form) == form
