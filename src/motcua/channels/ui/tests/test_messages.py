from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from motcua.channels.ui import messages

OURS = "channels/ui/"


def test_the_hall_speaks_english_completely() -> None:
    missing = [line for line in messages.problems() if OURS in line]
    assert missing == []


def test_sentences_of_python_and_templates_are_found() -> None:
    found = {message.id for message in messages.extract()}
    assert "Đến nội dung chính" in found  # a template
    assert "Trang chủ" in found  # lazy, in Python
    assert ("%(count)s ngày", "%(count)s ngày") in found  # plural


@pytest.mark.parametrize(
    ("english", "complaint"),
    [("", "chưa có tiếng Anh"), ("In %(days)s days", "khác chỗ điền"), ("In %(count)s days", "")],
)
def test_what_is_missing_or_differs_is_named(english: str, complaint: str) -> None:
    catalogue = Catalog(locale="en")
    catalogue.add("Trong %(count)s ngày", english, locations=[("a.py", 0)])
    found = list(messages._wrong(catalogue))
    assert [line.startswith(complaint) for line in found] == ([True] if complaint else [])


def test_the_same_catalogue_gives_the_same_bytes(tmp_path: Path) -> None:
    catalogue = messages.read()
    assert messages._as_mo(catalogue) == messages._as_mo(messages.read())
    assert messages._as_po(catalogue) == messages._as_po(messages.read())


def test_a_stale_compiled_catalogue_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "django.po"
    copy.write_bytes(messages.CATALOGUE.read_bytes())
    copy.with_suffix(".mo").write_bytes(b"old")
    monkeypatch.setattr(messages, "CATALOGUE", copy)
    assert any("django.mo" in line for line in messages.problems())
