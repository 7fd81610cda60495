"""What anybody may expect of typesetting: letters, honest printing, closed doors, the same bytes again."""

import statistics
import subprocess
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.foundation import typesetting
from motcua.foundation.typesetting import BadTemplate, fonts

PAGE = """#let data = json(bytes(sys.inputs.data))
#set page(width: 148mm, height: 210mm, margin: 20mm)
#set text(font: "Tinos", size: 12pt, lang: "vi")
"""
AT = datetime(2026, 10, 8, 1, 30, tzinfo=UTC)


def words_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def test_every_vietnamese_letter_is_in_all_four_faces() -> None:
    assert fonts.missing_letters() == set()


def test_a_face_without_a_letter_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    known = fonts.letters() - {"ệ", "\u0323"}
    monkeypatch.setattr(fonts, "letters", lambda: known)
    missing = fonts.missing_letters()
    assert {"ệ", unicodedata.normalize("NFD", "ệ")} <= missing
    assert "ế" not in missing


def test_the_pdf_is_pdf_a_with_embedded_tinos_only(tmp_path: Path) -> None:
    file = tmp_path / "page.pdf"
    file.write_bytes(typesetting.render(PAGE + "*Giấy* _tiếp_ nhận", {}, at=AT))
    assert b"<pdfaid:part>2</pdfaid:part>" in file.read_bytes()
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in file.read_bytes()
    subprocess.run(["qpdf", "--check", file], check=True, capture_output=True)
    listed = subprocess.run(["pdffonts", file], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert len(listed) == 3
    assert all("Tinos" in line and " yes yes yes" in line for line in listed)


def test_decomposed_text_prints_composed() -> None:
    name = "Nguyễn Thị Hường"
    pdf = typesetting.render(PAGE + "#data.name", {"name": unicodedata.normalize("NFD", name)})
    assert name in words_of(pdf)


@pytest.mark.parametrize(
    "hostile",
    [
        '#import "x"',
        "$x^2$",
        "*đậm* _nghiêng_ `mã`",
        r"C:\new\table \u{41}",
        "= Tiêu đề",
        "- mục",
        "// ghi chú",
        "<nhãn> @ref",
        "#panic()",
        "~ -- --- ... 'a' \"b\"",
        "[[ ]] {x}",
    ],
)
def test_what_somebody_typed_prints_as_it_was_typed(hostile: str) -> None:
    printed = words_of(typesetting.render(PAGE + "#data.text", {"text": hostile}))
    assert hostile in printed


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60))
def test_no_text_can_stop_a_paper(text: str) -> None:
    assert typesetting.render(PAGE + "#data.text", {"text": text}).startswith(b"%PDF")


def test_an_unknown_sign_shows_as_a_square_and_the_rest_stays() -> None:
    assert "Cảm ơn □ nhé □" in words_of(typesetting.render(PAGE + "#data.text", {"text": "Cảm ơn 🙏 nhé 漢"}))


def test_the_same_arguments_give_the_same_bytes() -> None:
    first, again = (typesetting.render(PAGE + "#data.a", {"a": "x"}, at=AT) for _ in range(2))
    assert first == again


def test_a_place_is_reported_where_it_stands() -> None:
    source = (
        PAGE
        + """
    #set page(margin: 0pt)
    #place(top + left, dx: 50pt, dy: 100pt, context [#metadata((
      name: "number", page: here().page(), x: here().position().x / 1pt, y: here().position().y / 1pt,
      width: 90, height: 14, page-height: page.height / 1pt))<place>])
    """
    )
    place = typesetting.places(source, {})["number"]
    assert place.page == 0
    assert place.x == pytest.approx(50, abs=0.1)
    assert place.y == pytest.approx(210 / 25.4 * 72 - 100 - 14, abs=0.1)
    assert place.box == pytest.approx((place.x, place.y, place.x + 90, place.y + 14))


@pytest.mark.parametrize(
    "source",
    [
        '#import "@preview/cetz:0.3.0"',
        '#import ("@pre" + "view/cetz:0.3.0")',
        '#let p = "@preview/x:1.0.0"\n#import p',
        '#eval("import \\"@preview/x:1.0.0\\"")',
        '#plugin("x.wasm")',
        '#read("/etc/passwd")',
        '#read("../pdf.py")',
        "#nothing-of-that-name",
        "#while true {}",
    ],
)
def test_a_source_that_reaches_out_or_is_broken_is_refused(source: str) -> None:
    with pytest.raises(BadTemplate) as refused:
        typesetting.render(source, {})
    assert refused.value.details["diagnostic"]


def test_an_unknown_font_is_found_by_the_check_of_a_template() -> None:
    typesetting.check(PAGE + "Xin chào", {})
    with pytest.raises(BadTemplate) as refused:
        typesetting.check('#set text(font: "Comic Sans")\nXin chào', {})
    assert "comic sans" in refused.value.details["diagnostic"]


def test_assets_may_be_sources_and_pictures() -> None:
    picture = typesetting.qr_png("H01-261008-0001")
    source = '#import "greeting.typ": hello\n' + PAGE + '#hello #image("code.png", width: 3cm)'
    pdf = typesetting.render(
        source, {}, assets={"greeting.typ": "#let hello = [Kính chào]".encode(), "code.png": picture}
    )
    assert "Kính chào" in words_of(pdf)
    assert b"/Subtype/Image" in pdf.replace(b" ", b"") or b"/Image" in pdf


@pytest.mark.parametrize("text", ["H15.50.05.13-261008-0975", "Nguyễn Thị Hường; https://tinhmau.vn/t/ABC", "x" * 400])
def test_a_qr_code_is_read_back(text: str, tmp_path: Path) -> None:
    (tmp_path / "qr.png").write_bytes(typesetting.qr_png(text))
    read = subprocess.run(["zbarimg", "-q", "--raw", tmp_path / "qr.png"], capture_output=True, text=True)
    assert read.stdout.strip() == text


def test_many_threads_may_print_at_once() -> None:
    def one(number: int) -> bool:
        return f"số {number}" in words_of(typesetting.render(PAGE + "#data.n", {"n": f"số {number}"}))

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(one, range(24)))


def test_a_warm_page_takes_milliseconds() -> None:
    source = PAGE + "#for i in range(40) [Dòng #i: #data.name \\ ]"
    taken = []
    for number in range(6):
        start = time.process_time()
        typesetting.render(source, {"name": f"Nguyễn Văn {number}"})
        taken.append(time.process_time() - start)
    assert statistics.median(taken[1:]) < 0.15
