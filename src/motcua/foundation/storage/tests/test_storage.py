"""Uploads are hostile until proven otherwise; what is kept reads back exactly and cannot be altered unseen."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from motcua.foundation.kernel.actor import system
from motcua.foundation.kernel.errors import Invalid, Missing
from motcua.foundation.storage import names, places, queries, sealing
from motcua.foundation.storage.commands import keep, mark_referenced, receive, sweep
from motcua.foundation.storage.models import File
from motcua.foundation.storage.types import Limits, StoredFile

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
SOMEBODY = system("test")
pytestmark = pytest.mark.django_db


def pdf(**added: object) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if added.get("script"):
        action = DictionaryObject(
            {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")}
        )
        writer.root_object[NameObject("/OpenAction")] = action
    if added.get("attachment"):
        writer.add_attachment("a.exe", b"MZ")
    if added.get("password"):
        writer.encrypt("secret")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture(form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, form)
    return out.getvalue()


def docx(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", entries.get("document", b"<w/>"))
        if "macro" in entries:
            archive.writestr("word/vbaProject.bin", entries["macro"])
    return out.getvalue()


def upload(content: bytes, name: str, **limits: int) -> StoredFile:
    return receive(chunks=[content], name=name, limits=Limits(**limits), actor=SOMEBODY, at=AT)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.requirement("TT21-PL1-7")
@pytest.mark.parametrize(
    ("content", "name"),
    [(picture("JPEG"), "a.jpeg"), (picture(), "a.png"), (pdf(), "a.pdf"), (OLE, "a.doc"), (docx(), "a.docx")],
)
def test_the_five_usual_formats_are_taken_and_read_back(content: bytes, name: str) -> None:
    kept = upload(content, name)
    assert queries.read(kept.id) == content


@pytest.mark.requirement("TT21-PL1-7", "TT21-PL6-6")
@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.pdf", "trống"),
        (pdf(), "a.png", "đuôi tệp"),
        (b"MZ\x90\x00" + bytes(100), "a.pdf", "không được nhận"),
        (b"<html><script>1</script></html>", "a.pdf", "không được nhận"),
        (pdf(script=True), "a.pdf", "mã lệnh"),
        (pdf(attachment=True), "a.pdf", "mã lệnh"),
        (pdf(password=True), "a.pdf", "mật khẩu"),
        (b"%PDF-1.7 nothing", "a.pdf", "hỏng"),
        (picture()[:40], "a.png", "hỏng"),
        (docx(document=bytes(40_000_000)), "a.docx", "quá lớn"),
        (docx(macro=b"x"), "a.docx", "macro"),
        (pdf() + b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*", "a.pdf", "mã độc"),
    ],
)
def test_what_is_not_fit_is_refused_with_one_sentence(content: bytes, name: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        upload(content, name)
    assert not File.objects.exists()


@pytest.mark.requirement("TT21-PL2-2.3")
def test_the_limit_told_is_the_limit_kept() -> None:
    upload(pdf(), "a.pdf", max_bytes=len(pdf()))
    with pytest.raises(Invalid, match="lớn hơn"):
        upload(pdf(), "a.pdf", max_bytes=len(pdf()) - 1)


def test_bytes_at_rest_are_unreadable_and_every_alteration_is_found() -> None:
    kept = keep(content=b"Tran Thi B" * 20_000, name="a.txt", media_type="text/plain", actor=SOMEBODY, at=AT)
    row = File.objects.get(id=kept.id)
    path = Path(settings.MOTCUA.home) / "files" / row.object_key[:2] / row.object_key[2:4] / row.object_key
    sealed = path.read_bytes()
    assert b"Tran Thi B" not in sealed
    path.chmod(0o600)
    path.write_bytes(sealed[:-70_000])
    with pytest.raises(InvalidTag):
        queries.read(kept.id)
    path.write_bytes(sealed[:200_000] + bytes([sealed[200_000] ^ 1]) + sealed[200_001:])
    with pytest.raises(InvalidTag):
        queries.read(kept.id)


@hypothesis_settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(0, 200_000), st.integers(0, 200_000), st.integers(1, 200_000))
def test_any_range_is_the_same_as_slicing(start: int, end: int, size: int) -> None:
    content = bytes(i * 7 % 251 for i in range(size))
    sealed = b"".join(sealing.seal(io.BytesIO(content), "key"))
    start, end = sorted((start, end))
    opened = b"".join(sealing.open_sealed(io.BytesIO(sealed), "key", size=size, start=start, end=end))
    assert opened == content[start:end]


def test_files_nobody_took_up_leave_after_a_day() -> None:
    loose, taken = upload(pdf(), "a.pdf"), upload(pdf(), "b.pdf")
    mark_referenced(file_ids=[taken.id], at=AT)
    assert sweep(at=AT + timedelta(hours=23)) == 0
    assert sweep(at=AT + timedelta(hours=25)) == 1
    assert queries.read(taken.id)
    with pytest.raises(Missing):
        queries.file(loose.id)
    assert places is not None


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\giấy tờ\\Đơn.pdf", "Đơn.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("...", "tep"),
    ],
)
def test_names_are_made_harmless(given_name: str, kept: str) -> None:
    assert names.harmless(given_name) == kept
