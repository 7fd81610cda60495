"""Fields of a signed result: placed before anybody signs, filled once, drawn with embedded letters."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from motcua.domain.signing import fields
from motcua.domain.signing.appearance import Stamp, stamp
from motcua.domain.signing.tests import world
from motcua.domain.signing.types import FieldLayout, FormLayout, Purpose
from motcua.foundation import typesetting
from motcua.foundation.kernel.errors import Missing, WrongState


def test_preparing_leaves_the_text_and_the_pdf_a_mark_alone(tmp_path: Path) -> None:
    plain = typesetting.render(world.PAGE, {})
    prepared = fields.prepare(plain, world.LAYOUT)
    assert prepared.startswith(plain)
    assert world.text_of(prepared, tmp_path) == world.text_of(plain, tmp_path)
    assert world.qpdf_complains(prepared, tmp_path) == ""
    assert b"pdfaid:part>2" in prepared
    assert fields.empty_signatures(prepared) == ("person", "agency")


def test_number_and_date_appear_in_letters_that_are_embedded(tmp_path: Path) -> None:
    filled = fields.fill(world.prepared(), world.NUMBER_AND_DATE)
    assert fields.values(filled) == world.NUMBER_AND_DATE
    shown = world.text_of(filled, tmp_path)
    assert "123/QĐ-UBND" in shown
    assert "ngày 05 tháng 3 năm 2026" in shown
    listed = subprocess.run(["pdffonts", tmp_path / "read.pdf"], capture_output=True, text=True, check=True).stdout
    assert all(re.search(r"\s+yes yes yes\s", line) for line in listed.splitlines()[2:])
    assert b"NeedAppearances" not in filled


def test_a_number_is_given_once() -> None:
    filled = fields.fill(world.prepared(), {"number": "1/QĐ"})
    with pytest.raises(WrongState, match="không sửa được nữa"):
        fields.fill(filled, {"number": "2/QĐ"})


def test_what_does_not_fit_the_document_is_refused() -> None:
    plain = typesetting.render(world.PAGE, {})
    with pytest.raises(Missing, match="ngoài số trang"):
        fields.prepare(plain, FormLayout(person=FieldLayout(3, (0, 0, 10, 10))))
    with pytest.raises(WrongState, match="trường ký"):
        fields.prepare(world.prepared(), world.LAYOUT)
    with pytest.raises(Missing, match="không có trường"):
        fields.fill(fields.prepare(plain, FormLayout(person=world.LAYOUT.person)), {"number": "1"})


def test_a_stamp_shows_the_picture_of_a_hand_or_a_seal(tmp_path: Path) -> None:
    picture = BytesIO()
    Image.new("RGBA", (60, 30), (196, 22, 28, 255)).save(picture, "PNG")
    what = Stamp(Purpose.AGENCY, "Sở Mẫu", world.now(), picture.getvalue())
    (tmp_path / "stamp.pdf").write_bytes(stamp(what, width=90, height=90))
    subprocess.run(["pdftoppm", "-r", "72", "-png", "stamp.pdf", "shown"], cwd=tmp_path, check=True)
    (shown,) = tmp_path.glob("shown*.png")
    colours = Image.open(shown).convert("RGB").getcolors(10**6) or []
    assert any(abs(colour[0] - 196) < 8 and colour[1] < 60 for _count, colour in colours)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from('0123456789/-. QĐUBNDSở ()*_#$[]{}\\"ấướ'), min_size=1, max_size=60).filter(str.strip))
def test_whatever_is_filled_in_is_what_can_be_read_back(value: str) -> None:
    assert fields.values(fields.fill(PREPARED, {"number": value}))["number"] == value


PREPARED = world.prepared()
