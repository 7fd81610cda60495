"""A real clamd with one hand-made signature: found, not found, not there, and what storage does then."""

from __future__ import annotations

import io
import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from motcua.channels.connectors.clamav.adapter import Clamd
from motcua.foundation.kernel.actor import system
from motcua.foundation.kernel.errors import Invalid, Unavailable
from motcua.foundation.storage import ports, queries
from motcua.foundation.storage.commands import receive, rescan
from motcua.foundation.storage.types import FileState, Limits, StoredFile

MARK = b"motcua-harmful-mark-for-tests"
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The socket of a running clamd."""
    program = shutil.which("clamd")
    assert program, "clamd is missing: scripts/install-test-tools installs it"
    folder = tmp_path_factory.mktemp("clamd")
    (folder / "database").mkdir()
    (folder / "database" / "test.ndb").write_text(f"Motcua.Test:0:*:{MARK.hex()}\n")
    (folder / "clamd.conf").write_text(
        f"DatabaseDirectory {folder}/database\nLocalSocket {folder}/socket\nForeground yes\nMaxThreads 2\n"
    )
    running = subprocess.Popen([program, "-c", str(folder / "clamd.conf")], stdout=subprocess.DEVNULL)
    for _ in range(200):
        if (folder / "socket").exists():
            break
        time.sleep(0.05)
    yield folder / "socket"
    running.terminate()
    running.wait(20)


@pytest.fixture
def engine(daemon: Path) -> Iterator[Clamd]:
    made = Clamd(path=str(daemon))
    ports.register_scanner(made)
    yield made
    ports.register_scanner(None)


def upload(content: bytes) -> StoredFile:
    return receive(chunks=[content], name="a.png", limits=Limits(), actor=system("test"), at=AT)


def test_the_engine_tells_harmful_from_harmless(engine: Clamd) -> None:
    assert engine.scan(io.BytesIO(b"harmless" * 100_000)) == ""
    assert "Motcua.Test" in engine.scan(io.BytesIO(b"x" * 1000 + MARK))


@pytest.mark.django_db
def test_a_harmful_upload_is_refused_with_a_sentence(engine: Clamd) -> None:
    assert upload(PNG).state is FileState.CLEAN
    with pytest.raises(Invalid, match="mã độc"):
        upload(PNG + MARK)


@pytest.mark.django_db
def test_without_an_answer_the_file_waits_in_quarantine_until_it_is_looked_at(tmp_path: Path, daemon: Path) -> None:
    gone = Clamd(path=str(tmp_path / "nothing"))
    with pytest.raises(Unavailable):
        gone.scan(io.BytesIO(b"x"))
    ports.register_scanner(gone)
    try:
        fine, bad = upload(PNG), upload(PNG + MARK)
        assert {fine.state, bad.state} == {FileState.QUARANTINED}
        assert rescan() == 0
        ports.register_scanner(Clamd(path=str(daemon)))
        assert rescan() == 2
        assert queries.file(fine.id).state is FileState.CLEAN
        assert queries.file(bad.id).state is FileState.REFUSED
    finally:
        ports.register_scanner(None)
