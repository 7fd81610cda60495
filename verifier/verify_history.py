#!/usr/bin/env python3
"""Verify the history of a dossier, or the file of seals, without trusting the system that wrote it.

One file, the standard library of Python 3.11, nothing of the product. Usage:

    python verify_history.py history.json [--seals seals.jsonl]
    python verify_history.py --seals seals.jsonl

``history.json`` is what the system gives a citizen or an auditor; ``seals.jsonl`` is the list of seals that the
agency keeps outside its database (a copy of it, held by somebody else, is what makes rewriting history impossible).

What is proven, and how:

1. CHAIN. Each event has a header. Its digest is SHA-256 of the byte 0x01 followed by the header written as canonical
   JSON (RFC 8785: keys sorted, no spaces, UTF-8). The header holds the digest of the event before it, so that no
   event can be changed, removed or put in between. Events are numbered 1, 2, 3 … without a gap.
2. CONTENT. What an event says (its payload) stands beside the header; SHA-256 of 32 random bytes (the salt) followed
   by the payload is in the header. A payload may be destroyed when the law says so: the chain still holds, and the
   verifier says that the content is gone.
3. SEALS. From time to time the heads of all chains are put into a Merkle tree:
   leaf  = SHA-256(0x00, 16 bytes of the subject's id, 8 bytes of the number, digest of the head)
   node  = SHA-256(0x01, left, right); a node without neighbour moves up unchanged
   root  = SHA-256(0x02, root of the previous seal, top of the tree, 8 bytes of the seal's number, 8 bytes of the
                   number of leaves, the moment as it is written in the file)
   So every seal holds all seals before it. Events after the last seal are not sealed yet.
4. TIME. The token of a seal is a time-stamp (RFC 3161) over SHA-256(root), made by a time-stamping authority.
   This file checks that the token speaks of this root; whether the authority really signed it is checked by the
   ``openssl`` command that is printed.

Exit status: 0 everything holds · 1 something does not · 2 the file could not be read.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import sys
import tempfile
import uuid
from pathlib import Path
from typing import Any

FORMAT = "motcua-history-1"
FIRST_PREVIOUS = "0" * 64
HEADER_TEXTS = ("subject_kind", "kind", "actor_kind", "principal", "channel", "request_id")
HEADER_IDS = (
    "account_id", "party_id", "acting_for_id", "officer_id", "position_id", "agency_id", "department_id",
)  # fmt: skip
HEADER_MOMENTS = ("happened_at", "recorded_at")
HEADER_DIGESTS = ("payload_digest", "previous")
HEADER = {"subject_id", "seq", *HEADER_TEXTS, *HEADER_IDS, *HEADER_MOMENTS, *HEADER_DIGESTS}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


class Findings:
    """What does not hold, and what a reader should know besides."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.notes: list[str] = []

    def check(self, holds: bool, sentence: str) -> bool:
        """Keep the sentence unless it holds."""
        if not holds:
            self.wrong.append(sentence)
        return holds


def sha256(*parts: bytes) -> bytes:
    """SHA-256 of the parts, one after the other."""
    return hashlib.sha256(b"".join(parts)).digest()


def unhex(text: Any) -> bytes:
    """32 bytes from 64 lower-case hexadecimal digits; anything else is no digest."""
    if not isinstance(text, str) or not re.fullmatch(r"[0-9a-f]{64}", text):
        raise ValueError("not a digest")
    return bytes.fromhex(text)


def canonical(header: dict[str, Any]) -> bytes:
    """RFC 8785 for what headers are made of: text, whole numbers and null.

    Python sorts keys by code point and RFC 8785 by UTF-16 unit: for the ASCII keys of a header that is the same.
    Python writes U+007F as it is, and control characters as RFC 8785 asks.
    """
    return json.dumps(header, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


# ------------------------------------------------------------------------------------------------ the chain


def check_header(header: Any, subject_id: str, seq: int, found: Findings) -> bool:
    """Check the header's form: exactly its fields, each of its type."""
    where = f"event {seq}"
    if not found.check(isinstance(header, dict) and set(header) == HEADER, f"{where}: the header has other fields"):
        return False
    texts = all(isinstance(header[name], str) for name in HEADER_TEXTS)
    ids = all(header[name] is None or is_uuid(header[name]) for name in HEADER_IDS)
    moments = all(isinstance(header[n], str) and MOMENT.fullmatch(header[n]) for n in HEADER_MOMENTS)
    digests = all(is_digest(header[name]) for name in HEADER_DIGESTS)
    found.check(texts and ids and bool(moments) and digests, f"{where}: a field of the header is malformed")
    found.check(header["subject_id"] == subject_id, f"{where}: it is about another subject")
    in_place = type(header["seq"]) is int and header["seq"] == seq
    found.check(in_place, f"{where}: its number is {header['seq']!r}, an event is missing or out of place")
    return texts and ids and bool(moments) and digests


def check_events(history: dict[str, Any], found: Findings) -> dict[int, str]:
    """Check every event; return number → digest as computed here."""
    digests: dict[int, str] = {}
    previous, recorded_before = FIRST_PREVIOUS, ""
    for seq, event in enumerate(history["events"], 1):
        header: Any = event.get("header") if isinstance(event, dict) else None
        if not check_header(header, history["subject_id"], seq, found):
            return digests
        found.check(header["previous"] == previous, f"event {seq}: it does not follow the event before it")
        found.check(header["recorded_at"] > recorded_before, f"event {seq}: recorded before the event before it")
        computed = sha256(b"\x01", canonical(header)).hex()
        found.check(event.get("digest") == computed, f"event {seq}: the header was changed (digest differs)")
        check_payload(event, seq, found)
        digests[seq] = previous = computed
        recorded_before = header["recorded_at"]
    return digests


def check_payload(event: dict[str, Any], seq: int, found: Findings) -> None:
    """Check that the content is what the header says, or say that it is gone."""
    known = set(event) <= {"header", "digest", "salt", "payload"}
    found.check(known, f"event {seq}: it has fields that nobody signed for")
    if "salt" not in event and "payload" not in event:
        found.notes.append(f"event {seq}: its content is not here (destroyed, or kept back); that it happened is still proven")
        return
    try:
        salt = unhex(event["salt"])
        body = base64.b64decode(event["payload"], validate=True)
        plain = base64.b64encode(body).decode() == event["payload"]
    except (KeyError, ValueError, TypeError):
        found.wrong.append(f"event {seq}: its content cannot be read")
        return
    same = plain and sha256(salt, body).hex() == event["header"]["payload_digest"]
    found.check(same, f"event {seq}: its content was changed")


# ------------------------------------------------------------------------------------------------ the seals


def climb(leaf: bytes, path: list[dict[str, str]]) -> bytes:
    """Go from a leaf to the top of the tree along its neighbours."""
    here = leaf
    for step in path:
        neighbour = unhex(step["hash"])
        if set(step) != {"side", "hash"} or step["side"] not in ("left", "right"):
            raise ValueError("a step of the path is malformed")
        here = sha256(b"\x01", neighbour, here) if step["side"] == "left" else sha256(b"\x01", here, neighbour)
    return here


def root_of(seal: dict[str, Any], top: bytes) -> bytes:
    """The root of a seal, which holds the seal before it."""
    numbers = seal["number"].to_bytes(8, "big") + seal["count"].to_bytes(8, "big")
    return sha256(b"\x02", unhex(seal["previous_root"]), top, numbers, seal["sealed_at"].encode())


def check_seal(seal: dict[str, Any], history: dict[str, Any], digests: dict[int, str], found: Findings) -> bool:
    """Check one seal of a history; say whether it holds."""
    where = f"seal {seal.get('number')!r}"
    before = len(found.wrong)
    try:
        seq, count = seal["seq"], seal["count"]
        head = unhex(seal["digest"])
        if (
            set(seal) != SEAL_FIELDS
            or type(seq) is not int
            or type(count) is not int
            or type(seal["number"]) is not int
        ):
            raise ValueError("fields")
        found.check(digests.get(seq) == seal["digest"], f"{where}: it holds another event {seq} than the history")
        leaf = sha256(b"\x00", uuid.UUID(history["subject_id"]).bytes, seq.to_bytes(8, "big"), head)
        top = climb(leaf, seal["path"])
        computed = root_of(seal, top).hex()
        found.check(seal["root"] == computed, f"{where}: the root does not hold this history")
        found.check(len(seal["path"]) <= max(0, count - 1).bit_length(), f"{where}: the path is longer than the tree")
        found.check(bool(MOMENT.fullmatch(seal["sealed_at"])), f"{where}: its moment is malformed")
        check_token(seal["token"], unhex(seal["root"]), seal["sealed_at"], where, found)
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError):
        found.wrong.append(f"{where}: it is malformed")
    return len(found.wrong) == before


SEAL_FIELDS = {"number", "sealed_at", "seq", "digest", "path", "count", "previous_root", "root", "token"}


def check_history(history: Any, published: dict[int, dict[str, Any]] | None = None) -> Findings:
    """Check a whole history; ``published`` are the seals of a seals file, by number."""
    found = Findings()
    shape = isinstance(history, dict) and set(history) == {"format", "subject_id", "events", "seals"}
    if not found.check(shape and history["format"] == FORMAT, "this is not a history of a format known here"):
        return found
    lists = isinstance(history["events"], list) and isinstance(history["seals"], list)
    if not found.check(lists and is_uuid(history["subject_id"]), "the history is malformed"):
        return found
    found.check(bool(history["events"]), "the history is empty")
    digests = check_events(history, found)
    sealed_until, number_before, root_before = 0, 0, b""
    for seal in history["seals"]:
        if not check_seal(seal if isinstance(seal, dict) else {}, history, digests, found):
            continue
        in_order = seal["number"] > number_before and seal["seq"] > sealed_until
        found.check(in_order, f"seal {seal['number']}: the seals are out of order")
        if seal["number"] == number_before + 1 and root_before:
            follows = unhex(seal["previous_root"]) == root_before
            found.check(follows, f"seal {seal['number']}: it does not follow the seal before it")
        if published is not None:
            check_published(seal, published.get(seal["number"]), found)
        sealed_until, number_before, root_before = seal["seq"], seal["number"], unhex(seal["root"])
    younger = len(digests) - sealed_until
    if younger:
        found.notes.append(f"{younger} event(s) after number {sealed_until} are not sealed yet")
    return found


def check_published(seal: dict[str, Any], line: dict[str, Any] | None, found: Findings) -> None:
    """Check that the seals file says the same of this seal."""
    where = f"seal {seal['number']}"
    if not found.check(line is not None, f"{where}: the seals file has no such seal"):
        return
    said = dict(line or {})
    token = base64.b64encode(bytes.fromhex(said.pop("token"))).decode() if is_hex(said.get("token")) else None
    same = all(seal[name] == value for name, value in said.items()) and token == seal["token"]
    found.check(same, f"{where}: the seals file says something else of it")


def check_seals_file(lines: list[str]) -> tuple[Findings, dict[int, dict[str, Any]]]:
    """Check the file of seals: each root stands in the next line, each token speaks of its root."""
    found, seals = Findings(), {}
    number, previous = None, None
    for at, line in enumerate(lines, 1):
        where = f"line {at}"
        try:
            seal = json.loads(line)
            if set(seal) != {"number", "sealed_at", "previous_root", "root", "count", "token"}:
                raise ValueError("fields")
            ints = type(seal["number"]) is int and type(seal["count"]) is int and seal["count"] > 0
            if not ints or not MOMENT.fullmatch(seal["sealed_at"]):
                raise ValueError("types")
            root, before = unhex(seal["root"]), unhex(seal["previous_root"])
        except (ValueError, TypeError, KeyError):
            found.wrong.append(f"{where}: malformed")
            continue
        expected = bytes(32) if number is None and seal["number"] == 1 else previous
        found.check(number is None or seal["number"] == number + 1, f"{where}: seal {seal['number']} is out of order")
        found.check(expected is None or before == expected, f"{where}: it does not follow the seal before it")
        token = base64.b64encode(bytes.fromhex(seal["token"])).decode() if is_hex(seal["token"]) else "malformed"
        check_token(token, root, seal["sealed_at"], where, found)
        number, previous = seal["number"], root
        seals[seal["number"]] = seal
    if not lines:
        found.notes.append("the seals file is empty")
    return found, seals


# ------------------------------------------------------------------------------------------------ time-stamps


def read_der(data: bytes, at: int) -> tuple[int, int, int]:
    """Read one DER element at an offset; return (tag, begin of the content, end of the content)."""
    tag, length, at = data[at], data[at + 1], at + 2
    if length & 0x80:
        size = length & 0x7F
        if not 1 <= size <= 4:
            raise ValueError("length")
        length, at = int.from_bytes(data[at : at + size], "big"), at + size
    if at + length > len(data):
        raise ValueError("the element is longer than the data")
    return tag, at, at + length


def children(data: bytes, begin: int, end: int) -> list[tuple[int, int, int]]:
    """Return the elements inside a constructed element."""
    found = []
    while begin < end:
        element = read_der(data, begin)
        found.append(element)
        begin = element[2]
    return found


def imprint_of(token: bytes) -> tuple[bytes, str]:
    """Return (digest that was stamped, moment ``YYYYMMDDhhmmssZ``) of an RFC 3161 token.

    ContentInfo { signedData, [0] SignedData { version, digestAlgorithms, EncapsulatedContentInfo { tstInfo, [0]
    OCTET STRING { TSTInfo { version, policy, MessageImprint { algorithm, OCTET STRING }, serial, time … } } } … } }
    """
    _tag, begin, end = read_der(token, 0)
    signed_data = children(token, *children(token, begin, end)[1][1:])[0]
    encapsulated = children(token, *signed_data[1:])[2]
    wrapped = children(token, *encapsulated[1:])[1]
    octets = children(token, *wrapped[1:])[0]
    info = children(token, *children(token, *octets[1:])[0][1:])
    imprint = children(token, *info[2][1:])
    algorithm = children(token, *imprint[0][1:])[0]
    if token[algorithm[1] : algorithm[2]] != bytes.fromhex("608648016503040201"):
        raise ValueError("the imprint is not SHA-256")
    return token[imprint[1][1] : imprint[1][2]], token[info[4][1] : info[4][2]].decode("ascii")


def check_token(token: Any, root: bytes, sealed_at: str, where: str, found: Findings) -> None:
    """Check that the token stamps this root; the authority's signature is openssl's to check."""
    if token is None:
        found.notes.append(f"{where}: no time-stamp has come yet")
        return
    try:
        der = base64.b64decode(token, validate=True)
        if base64.b64encode(der).decode() != token:
            raise ValueError("padding")
        stamped, moment = imprint_of(der)
    except (ValueError, IndexError, TypeError):
        found.wrong.append(f"{where}: its time-stamp cannot be read")
        return
    if found.check(stamped == sha256(root), f"{where}: its time-stamp is about another root"):
        # The stamp is fetched after the seal was made: a seal that claims a later moment than its stamp is wrong.
        stamped_on = f"{moment[:4]}-{moment[4:6]}-{moment[6:8]}T{moment[8:10]}:{moment[10:12]}:{moment[12:14]}"
        found.check(sealed_at[:16] <= stamped_on[:16], f"{where}: it is younger than its time-stamp")
        found.notes.append(f"{where}: stamped {stamped_on}Z")


def openssl_line(token: str, root: str, folder: Path) -> str:
    """Write the token to a file and return the command that checks the authority's signature over it."""
    path = folder / f"seal-{root[:12]}.tst"
    path.write_bytes(base64.b64decode(token))
    digest = sha256(bytes.fromhex(root)).hex()
    return f"openssl ts -verify -token_in -in {path} -digest {digest} -CAfile <certificate of the TSA's root>"


# ------------------------------------------------------------------------------------------------ small helpers


def is_digest(text: Any) -> bool:
    """64 lower-case hexadecimal digits."""
    return isinstance(text, str) and re.fullmatch(r"[0-9a-f]{64}", text) is not None


def is_hex(text: Any) -> bool:
    """An even number of lower-case hexadecimal digits."""
    return isinstance(text, str) and re.fullmatch(r"(?:[0-9a-f]{2})+", text) is not None


def is_uuid(text: Any) -> bool:
    """A UUID in its usual form."""
    try:
        return isinstance(text, str) and str(uuid.UUID(text)) == text
    except ValueError:
        return False


def no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse an object with a name twice: two readers would see two things."""
    whole = dict(pairs)
    if len(whole) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return whole


def report(title: str, found: Findings) -> None:
    """Print what was found."""
    print(f"{title}: {'DOES NOT HOLD' if found.wrong else 'holds'}")
    for sentence in found.wrong:
        print(f"  wrong: {sentence}")
    for sentence in found.notes:
        print(f"  note:  {sentence}")


def main(arguments: list[str] | None = None) -> int:
    """Read, check, report."""
    parser = argparse.ArgumentParser(description="Verify a history, or a file of seals, on one's own.")
    parser.add_argument("history", nargs="?", type=Path)
    parser.add_argument("--seals", type=Path, help="the seals file, best a copy kept by somebody else")
    chosen = parser.parse_args(arguments)
    if chosen.history is None and chosen.seals is None:
        parser.error("give a history, a seals file, or both")
    wrong, published = False, None
    try:
        if chosen.seals is not None:
            found, published = check_seals_file(chosen.seals.read_text(encoding="ascii").splitlines())
            report(f"{chosen.seals.name}: {len(published)} seal(s)", found)
            wrong = bool(found.wrong)
        if chosen.history is not None:
            history = json.loads(chosen.history.read_text(encoding="utf-8"), object_pairs_hook=no_doubles)
            found = check_history(history, published)
            wrong = wrong or bool(found.wrong)
            report(f"{chosen.history.name}: {len(history.get('events', []))} event(s)", found)
            stamped = [seal for seal in history.get("seals", []) if seal.get("token")]
            if stamped and not found.wrong:
                print("To check the authority's signature on the last seal:")
                print("  " + openssl_line(stamped[-1]["token"], stamped[-1]["root"], Path(tempfile.gettempdir())))
    except (OSError, ValueError, AttributeError) as problem:
        print(f"cannot be read: {problem}", file=sys.stderr)
        return 2
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
