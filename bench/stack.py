"""The whole stack: first and second start, and the memory of everything (Pss)."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from bench.table import Line


def measure() -> Iterator[Line]:
    """Yield start times and memory of ``motcua run`` with the sandbox, without the sample."""
    home = Path(tempfile.mkdtemp(prefix="motcua-bench-"))
    try:
        (home / "ports.json").write_text('{"web": 8950, "sandbox": 8960, "database": 8949}')
        yield from _start(home, "first start to the home page")
        yield from _start(home, "second start to the home page", memory=True)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _start(home: Path, what: str, *, memory: bool = False) -> Iterator[Line]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "MOTCUA_"))}
    environment["PYTHONPATH"] = str(Path(__file__).parent.parent / "src")
    began = time.monotonic()
    command = [sys.executable, "-m", "motcua", "run", "--home", str(home), "--no-sample"]
    child = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        _wait("http://127.0.0.1:8950/")
        yield Line(what, f"{time.monotonic() - began:.1f} s")
        if memory:
            time.sleep(3)
            everything = _pss(home)
            yield Line("memory, Pss, with the sandbox", f"{everything[0]} MB")
            yield Line("memory, Pss, without the sandbox", f"{everything[1]} MB")
    finally:
        child.send_signal(signal.SIGINT)
        child.wait(60)


def _wait(url: str) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(url)


def _pss(home: Path) -> tuple[int, int]:
    total = sandbox = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            environment = (process / "environ").read_bytes().decode(errors="replace")
            smaps = (process / "smaps_rollup").read_text()
        except OSError:
            continue
        if str(home) not in words and str(home) not in environment and "motcua" not in words:
            continue
        if str(home) not in environment and str(home) not in words:
            continue
        found = re.search(r"^Pss:\s+(\d+) kB", smaps, re.MULTILINE)
        size = int(found.group(1)) if found else 0
        total += size
        if "motcua.sandbox" in words:
            sandbox += size
    return total // 1024, (total - sandbox) // 1024
