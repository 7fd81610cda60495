"""The stand-alone verifier finds every change of every field, and says what it cannot know."""

from __future__ import annotations

import ast
import base64
import copy
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from asn1crypto import algos, cms, core, tsp

from motcua.foundation.journal import chain

sys.path.insert(0, str(Path(__file__).parents[1]))
import verify_history  # noqa: E402

FILE = Path(verify_history.__file__)
BEGAN = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
TEXTS = ("dossier.submitted", "dossier.received", "Lý do: thiếu “trang 2”", '\u0001\t\n\\"', "Đ\u00e0\U0001f600")


def token(root: bytes, at: datetime) -> bytes:
    """A time-stamp over SHA-256(root) as an authority writes it, without its signature."""
    imprint = tsp.MessageImprint(
        {"hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}), "hashed_message": sha256(root).digest()}
    )
    info = tsp.TSTInfo(
        {"version": "v1", "policy": "1.2.3.4", "message_imprint": imprint, "serial_number": 1, "gen_time": at}
    )
    content = {"content_type": "tst_info", "content": core.ParsableOctetString(info.dump())}
    signed = {"version": "v3", "digest_algorithms": [], "encap_content_info": content, "signer_infos": []}
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)}).dump())


class Book:
    """Histories and the file of seals over them, written by the product's own arithmetic."""

    def __init__(self, seed: int, *, chains: int = 5) -> None:
        self.random = random.Random(seed)  # noqa: S311 - the same histories in every run
        self.at = BEGAN
        self.histories = [
            {"format": "motcua-history-1", "subject_id": str(self._id()), "events": [], "seals": []}
            for _ in range(chains)
        ]
        self.lines: list[dict[str, Any]] = []
        for _ in range(self.random.randint(1, 3)):
            self._happen()
            self._seal()
        if self.random.random() < 0.5:
            self._happen()

    def _id(self) -> UUID:
        return UUID(int=self.random.getrandbits(128))

    def _happen(self) -> None:
        for history in self.histories:
            for _ in range(self.random.randint(1, 2)):
                self._record(history)

    def _record(self, history: dict[str, Any]) -> None:
        events, draw = history["events"], self.random
        self.at += timedelta(microseconds=draw.randint(1, 10**10))
        header: dict[str, Any] = {name: draw.choice((None, self._id())) for name in verify_history.HEADER_IDS}
        header |= {name: draw.choice(TEXTS) for name in verify_history.HEADER_TEXTS}
        header |= {"subject_id": UUID(history["subject_id"]), "seq": len(events) + 1}
        header |= {"happened_at": self.at - timedelta(hours=1), "recorded_at": self.at}
        salt, body = draw.randbytes(32), json.dumps({"words": draw.choice(TEXTS)}).encode()
        content = chain.payload_digest(salt, body)
        previous = bytes.fromhex(events[-1]["digest"]) if events else chain.NO_PREVIOUS
        plain = json.loads(chain.header_bytes(header, content, previous))
        digest = chain.event_digest(header, content, previous)
        event = {"header": plain, "digest": digest.hex(), "salt": salt.hex()}
        events.append(event | {"payload": base64.b64encode(body).decode()})

    def _seal(self) -> None:
        self.at += timedelta(minutes=1)
        heads = [(h["subject_id"], len(h["events"]), bytes.fromhex(h["events"][-1]["digest"])) for h in self.histories]
        tree = chain.levels([chain.leaf(UUID(subject), seq, digest) for subject, seq, digest in heads])
        previous = bytes.fromhex(self.lines[-1]["root"]) if self.lines else bytes(32)
        number, count = len(self.lines) + 1, len(heads)
        root = chain.root(tree[-1][0], previous, number=number, count=count, sealed_at=self.at)
        stamp = token(root, self.at.replace(microsecond=0) + timedelta(seconds=5))
        line = {"number": number, "sealed_at": chain.moment(self.at), "previous_root": previous.hex()}
        line |= {"root": root.hex(), "count": count}
        self.lines.append(line | {"token": stamp.hex()})
        for position, (history, (_subject, seq, digest)) in enumerate(zip(self.histories, heads, strict=True)):
            path = [{"side": side, "hash": value.hex()} for side, value in chain.path(tree, position)]
            seal = {"seq": seq, "digest": digest.hex(), "path": path, "token": base64.b64encode(stamp).decode()}
            history["seals"].append(line | seal)

    @property
    def published(self) -> dict[int, dict[str, Any]]:
        found, seals = verify_history.check_seals_file([json.dumps(line) for line in self.lines])
        assert not found.wrong
        return seals


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in the file: of simple values, and of every list and object."""
    if path:
        yield path
    if isinstance(value, dict):
        for key in value:
            yield from leaves(value[key], (*path, key))
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from leaves(item, (*path, at))


def changes(value: Any, draw: random.Random) -> list[Any]:
    """What somebody might write instead."""
    if isinstance(value, bool | int):
        return [value + 1, value - 1, str(value), None]
    if value is None:
        return ["", str(UUID(int=draw.getrandbits(128))), 0]
    if isinstance(value, str):
        at = draw.randrange(len(value)) if value else 0
        other = draw.choice([letter for letter in "0123456789abcdefXYZ" if letter != value[at : at + 1]])
        return [value[:at] + other + value[at + 1 :], value + " ", value[:-1], None, ""]
    if isinstance(value, list):
        return [value[1:], value[:-1], list(reversed(value)), [*value, value[-1]]] if value else [[{}]]
    return [{}, None]


def changed(whole: Any, path: tuple[Any, ...], value: Any) -> Any:
    made = copy.deepcopy(whole)
    inside = made
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    return made


def is_legitimate(history: dict[str, Any], path: tuple[Any, ...], value: Any) -> bool:
    """An older copy (unsealed events missing at the end) or one with fewer seals proves less, and nothing false."""
    if value == history and path:
        return True
    if path == ("seals",):
        rest = iter(history["seals"])
        return isinstance(value, list) and all(any(one == kept for kept in rest) for one in value)
    if path == ("events",):
        sealed = max((seal["seq"] for seal in history["seals"]), default=0)
        return isinstance(value, list) and len(value) >= max(1, sealed) and value == history["events"][: len(value)]
    return False


def test_what_the_product_writes_holds() -> None:
    for seed in range(100):
        book = Book(seed)
        for history in book.histories:
            found = verify_history.check_history(history, book.published)
            assert not found.wrong, found.wrong


@pytest.mark.requirement("TT11-8.1", "TT21-PL2-20.1")
def test_every_change_of_every_field_of_a_hundred_histories_is_found() -> None:
    looked_at, missed = 0, []
    for seed in range(100):
        book = Book(seed, chains=3)
        published, history = book.published, book.histories[seed % 3]
        for path in list(leaves(history)):
            inside: Any = history
            for step in path[:-1]:
                inside = inside[step]
            before = inside[path[-1]]
            for value in changes(before, book.random):
                if value == before or is_legitimate(history, path, value):
                    continue
                looked_at += 1
                inside[path[-1]] = value
                if not verify_history.check_history(history, published).wrong:
                    missed.append((seed, path, value))
                inside[path[-1]] = before
    assert looked_at > 10_000
    assert not missed, missed[:5]


def test_without_the_seals_file_only_the_stamps_own_bytes_are_left_to_openssl() -> None:
    book = Book(7)
    history = book.histories[0]
    for path in leaves(history):
        if path[-1] == "token":
            continue
        before = history
        for step in path:
            before = before[step]
        for value in changes(before, book.random):
            if value != before and not is_legitimate(history, path, value):
                assert verify_history.check_history(changed(history, path, value)).wrong, (path, value)


def test_every_field_taken_away_or_added_is_found() -> None:
    book = Book(3)
    history = book.histories[1]
    for path in leaves(history):
        inside = made = copy.deepcopy(history)
        for step in path[:-1]:
            inside = inside[step]
        if isinstance(inside, dict):
            del inside[path[-1]]
            assert verify_history.check_history(made, book.published).wrong, path
            inside[path[-1]], inside["more"] = None, 1
            assert verify_history.check_history(made, book.published).wrong, path


def test_a_destroyed_content_is_said_and_the_chain_still_holds() -> None:
    history = copy.deepcopy(Book(1).histories[0])
    del history["events"][0]["salt"], history["events"][0]["payload"]
    found = verify_history.check_history(history)
    assert not found.wrong
    assert any("content is not here" in note for note in found.notes)


def test_younger_events_are_said_to_be_unsealed() -> None:
    history = next(
        b.histories[0]
        for b in map(Book, range(20))
        if b.histories[0]["seals"][-1]["seq"] < len(b.histories[0]["events"])
    )
    found = verify_history.check_history(history)
    assert not found.wrong
    assert any("not sealed yet" in note for note in found.notes)


def test_every_change_of_the_seals_file_is_found() -> None:
    book = next(b for b in map(Book, range(20)) if len(b.lines) == 3)
    history = book.histories[0]
    for at, line in enumerate(book.lines):
        for name, before in line.items():
            for value in changes(before, book.random):
                lines = copy.deepcopy(book.lines)
                lines[at][name] = value
                found, seals = verify_history.check_seals_file([json.dumps(one) for one in lines])
                assert found.wrong or verify_history.check_history(history, seals).wrong, (at, name, value)
    for lines in (book.lines[::-1], [book.lines[0], book.lines[2]]):
        assert verify_history.check_seals_file([json.dumps(one) for one in lines])[0].wrong


def test_it_stands_alone() -> None:
    """Standard library only, and nothing of the product."""
    tree = ast.parse(FILE.read_text(encoding="utf-8"))
    names = {
        alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    names |= {str(node.module).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= set(sys.stdlib_module_names)


def test_as_a_program(tmp_path: Path) -> None:
    book = Book(5)
    history, seals = tmp_path / "history.json", tmp_path / "seals.jsonl"
    seals.write_text("".join(json.dumps(line) + "\n" for line in book.lines))
    history.write_text(json.dumps(book.histories[0], ensure_ascii=False))
    command = [sys.executable, "-I", str(FILE), str(history), "--seals", str(seals)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "openssl ts -verify" in done.stdout
    history.write_text(json.dumps(changed(book.histories[0], ("events", 0, "header", "kind"), "dossier.refused")))
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1
    history.write_text("{")
    assert subprocess.run(command, capture_output=True, check=False).returncode == 2
