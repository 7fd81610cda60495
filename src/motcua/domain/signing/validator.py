"""Verify a signed PDF in a process of its own: ``python -m motcua.domain.signing.validator FILE --anchors PEM``.

Prints one line for each signature and its findings, and exits 0 when every signature is intact and trusted, 1
otherwise, 2 when it was called wrongly. Needs no settings, no database and no network.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from motcua.domain.signing import certificates
from motcua.domain.signing.types import SignatureReport, Verification
from motcua.domain.signing.verification import verify


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the validator. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m motcua.domain.signing.validator", description=__doc__)
    parser.add_argument("file", type=Path, help="the signed PDF")
    parser.add_argument("--anchors", type=Path, required=True, help="trusted certificates, PEM")
    parser.add_argument("--at", type=_moment, default=None, help="judge at this moment (ISO 8601) instead of now")
    options = parser.parse_args(arguments)
    try:
        pdf, anchors = options.file.read_bytes(), certificates.load_all(options.anchors.read_bytes())
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)  # noqa: T201  # this is a program
        return 2
    found = verify(pdf, at=options.at or datetime.now(UTC), anchors=anchors)
    print("\n".join(lines(found)))  # noqa: T201
    return 0 if found.valid else 1


def lines(found: Verification) -> list[str]:
    """Return what the program prints."""
    if not found.signatures:
        return [f"SAI  {finding}" for finding in found.findings]
    return [_line(report) for report in found.signatures]


def _line(report: SignatureReport) -> str:
    verdict = "ĐÚNG" if report.valid else "SAI"
    findings = " ".join(str(finding) for finding in report.findings)
    return f"{verdict:4} {report.field}: {report.signer} [{report.level}] {findings}"


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


if __name__ == "__main__":
    sys.exit(main())
