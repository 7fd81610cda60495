"""``motcua doctor``: what is wrong with this machine and this installation, and what to do about it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import django

from motcua.config.installation import Installation, Mode, WrongSettings
from motcua.running.checks import machine
from motcua.running.checks.finding import Finding, Verdict, bad, note
from motcua.running.environment import Place


def examine() -> int:
    """Print one line per check; 1 when something must be done."""
    wrong = 0
    for finding in _findings():
        print(finding, flush=True)
        wrong += finding.verdict is Verdict.BAD
    print(f"\nCần sửa {wrong} điểm." if wrong else "\nMọi thứ sẵn sàng.")
    return 1 if wrong else 0


def _findings() -> Iterator[Finding]:
    home = Path(os.environ.get("MOTCUA_HOME", ".local/run")).resolve()
    yield from machine.python()
    yield from machine.letters()
    yield from machine.disk(home)
    yield from machine.ports(home)
    yield from machine.root()
    place = _take_environment_of(home)
    try:
        installation = Installation.from_environment(os.environ)
    except WrongSettings as wrong:
        yield bad(str(wrong), "Sửa biến môi trường rồi chạy lại; lần chạy đầu: make run.")
        return
    if place is not None and not place.postgres.is_running():
        yield note(f"motcua chưa chạy trong {home}: chạy make run, rồi gọi lại doctor để xem dữ liệu và kết nối")
        return
    yield from _installation(installation, os.environ)


def _installation(installation: Installation, environment: Mapping[str, str]) -> Iterator[Finding]:
    django.setup()
    # Tables can only be named once the settings are known to be right.
    from motcua.running.checks import database, keys, world

    yield from keys.file(installation.keys_file)
    yield from database.everything(environment)
    if database.answers():
        yield from database.schema(environment.get("DATABASE_OWNER_URL", ""))
        yield from keys.data()
    yield from world.antivirus(is_production=installation.mode is Mode.PRODUCTION)
    yield from world.time_stamps()
    yield from world.systems(installation.systems, installation.public_url)


def _take_environment_of(home: Path) -> Place | None:
    """Look at what `motcua run` keeps in this home, unless the environment names an installation of its own."""
    if "DATABASE_URL" in os.environ or not (home / "ports.json").exists():
        return None
    place = Place.find(home, with_sandbox=(home / "sandbox").exists())
    os.environ.update(place.environment())
    os.environ["MOTCUA_DATABASE_POOL"] = "0"
    return place
