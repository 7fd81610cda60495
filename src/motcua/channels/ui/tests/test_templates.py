import re
from pathlib import Path
from typing import Any

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from jinja2 import UndefinedError

from motcua.channels.ui import gallery, navigation
from motcua.channels.ui.visitor import Position, Visitor, remember

CHANNELS = Path(__file__).parents[2]
UI = CHANNELS / "ui"
TEMPLATES = sorted(
    path.relative_to(CHANNELS).as_posix() for path in CHANNELS.rglob("*.html") if "static" not in path.parts
)


def _environment() -> Any:
    return engines.all()[0].env  # type: ignore[attr-defined]


def _render(source: str, **context: Any) -> str:
    return str(_environment().from_string(source).render(context))


def _gallery(face: str) -> str:
    request = RequestFactory().get("/thanh-phan/")
    remember(request, Visitor("Lê Văn Dũng", positions=(Position("Thẩm định", "Phòng ĐKĐĐ", current=True),)))
    return render_to_string(f"ui/pages/gallery_{face}.html", gallery.context(), request)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_compiles(name: str) -> None:
    _environment().get_template(name)


@pytest.mark.parametrize("face", ["portal", "desk"])
@pytest.mark.urls("motcua.channels.ui.tests.urls")
def test_the_gallery_is_whole_in_both_languages(face: str) -> None:
    vietnamese = _gallery(face)
    with translation.override("en"):
        english = _gallery(face)
    assert '<html lang="vi"' in vietnamese
    assert "Bỏ lọc" in vietnamese
    assert '<html lang="en"' in english
    assert "Clear filters" in english
    assert "Bỏ lọc" not in english
    assert "Undefined" not in vietnamese
    ids = re.findall(r'\sid="([^"]+)"', vietnamese)
    assert len(ids) == len(set(ids)), sorted({one for one in ids if ids.count(one) > 1})


def test_every_macro_is_drawn_by_the_gallery() -> None:
    """Called by a gallery page, by a layout, or by another macro."""
    folders = ("pages", "layouts", "eform", "components")
    called = "".join(path.read_text() for folder in folders for path in (UI / folder).glob("*.html"))
    for file in [*(UI / "components").glob("*.html"), UI / "eform" / "widgets.html"]:
        for macro in re.findall(r"{%-? macro (\w+)\(", file.read_text()):
            assert re.search(rf"(?<!macro )\b{macro}\(", called), f"{file.name}: {macro}"


def test_templates_stay_short() -> None:
    long = {name: lines for name in TEMPLATES if (lines := len((CHANNELS / name).read_text().splitlines())) > 150}
    long.pop("ui/eform/widgets.html", None)  # one macro a kind of question, kept together
    assert not long


def test_no_template_carries_inline_styles_or_handlers() -> None:
    for name in TEMPLATES:
        text = (CHANNELS / name).read_text()
        assert not re.search(r'\sstyle="|\son[a-z]+="|<script>|<style', text), name


def test_a_name_nobody_gave_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        _render("{{ dossier_code }}")
    with pytest.raises(UndefinedError):
        _render("{% if dossier %}x{% endif %}")
    with pytest.raises(UndefinedError):
        _render("{{ visitor.nane }}", visitor=Visitor("A"))


def test_parameter_dictionaries_may_be_read_leniently() -> None:
    assert _render("[{{ params.hint.text }}{% if params.x %}y{% endif %}]", params={}) == "[]"


def test_what_people_type_is_never_markup() -> None:
    evil = "<script>alert(1)</script>"
    page = _render(
        '{% from "ui/components/summary.html" import summary %}{% from "ui/components/lists.html" import empty %}'
        '{% from "ui/components/person.html" import person_card %}{% from "ui/components/timeline.html" import timeline %}'
        '{{ summary([{"label": evil, "value": evil, "source": evil, "known": evil, "differs": true, "change_url": evil}]) }}'
        "{{ empty(evil, evil, evil) }}{{ person_card(evil, evil, [{'label': evil, 'value': evil}]) }}"
        "{{ timeline([{'title': evil, 'text': evil, 'actor': evil, 'at': none}]) }}",
        evil=evil,
    )
    assert "<script>" not in page
    assert page.count("&lt;script&gt;") >= 8


@pytest.mark.requirement("TT21-PL3-1.1", "TT21-PL3-8")
@pytest.mark.urls("motcua.channels.ui.tests.urls")
def test_header_and_footer_say_whose_portal_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    from motcua.channels.ui import brand, hall

    ours = brand.Brand("Cổng dịch vụ công tỉnh Mẫu", "UBND tỉnh Mẫu", address="Số 1 đường Mẫu", hotline="1900 0000", email="dvc@mau.vn", other=("Giấy phép 1",))  # fmt: skip
    monkeypatch.setattr(hall, "brand", lambda: ours)
    page = _gallery("portal")
    header, footer = page.split("</header>")[0], page.split("<footer")[1]
    assert "Cổng dịch vụ công tỉnh Mẫu" in header
    assert "mc-header__emblem" in header
    for line in ("UBND tỉnh Mẫu", "Số 1 đường Mẫu", "1900 0000", "dvc@mau.vn", "Giấy phép 1"):
        assert line in footer


@pytest.mark.requirement("TT21-PL3-3.2")
@pytest.mark.urls("motcua.channels.ui.tests.urls")
def test_the_navigation_keeps_the_laws_order_and_shows_no_dead_doors() -> None:
    navigation.close_all()
    navigation.open_places(
        {
            navigation.Place.LOOKUP: "slow",
            navigation.Place.HOME: "echo",
            navigation.Place.HELP: "no:such",
            navigation.Place.SERVICES: "draft",
        }
    )
    try:
        links = navigation.portal_menu("/cham/123")
    finally:
        navigation.close_all()
    assert [str(link.label) for link in links] == ["Trang chủ", "Dịch vụ công trực tuyến", "Tra cứu hồ sơ"]
    assert [link.current for link in links] == [False, False, True]


@pytest.mark.urls("motcua.channels.ui.tests.urls")
def test_a_menu_shows_only_what_the_officer_has_business_with() -> None:
    navigation.close_all()
    navigation.open_menu(
        "desk", [navigation.Item("Việc của tôi", "slow"), navigation.Item("Ký duyệt", "echo", needs="approve")]
    )
    try:
        clerk = navigation.menu("desk", "/", Visitor("A"))
        leader = navigation.menu("desk", "/", Visitor("B", capabilities=frozenset({"approve"})))
    finally:
        navigation.close_all()
    assert [link.label for link in clerk] == ["Việc của tôi"]
    assert [link.label for link in leader] == ["Việc của tôi", "Ký duyệt"]


def test_every_state_has_a_tone_of_its_own_choosing() -> None:
    from motcua.domain.statuses.types import State

    source = '{% import "ui/components/status.html" as status %}{{ status.TONES|list|sort|join(" ") }}'
    assert _render(source).split() == sorted(state.value for state in State)


def test_a_real_ledger_is_drawn_line_by_line() -> None:
    from types import SimpleNamespace

    from motcua.domain.deadlines.types import ExplainedLine, LineCode

    lines = (
        ExplainedLine(LineCode.STARTED, gallery.NOW, "Bắt đầu tính.", gallery.NOW, ground="Điều 20"),
        ExplainedLine(LineCode.REST_DAY, gallery.NOW.date(), "Nghỉ lễ.", gallery.NOW),
        ExplainedLine(LineCode.ANSWER, gallery.NOW, "Hạn.", gallery.NOW),
    )
    page = _render(
        '{% from "ui/components/ledger.html" import ledger_table %}{{ ledger_table(explanation) }}',
        explanation=SimpleNamespace(lines=lines, sentence="Hạn 17:00 ngày 28/11/2026."),
    )
    assert page.count("<tr") == 4  # head, two lines, the answer once
    assert "24/11/2026 09:15:07</td>" in page  # a moment
    assert "24/11/2026</td>" in page  # a date
    assert "Hạn 17:00 ngày 28/11/2026." in page
