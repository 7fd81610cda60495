"""``motcua run``: everything on this machine, from nothing to a running sample province."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from hashlib import sha256
from pathlib import Path

from motcua.running.environment import Place
from motcua.running.postgres import PostgresFailed
from motcua.running.supervisor import Child, Supervisor

SHOWN = ("quantri", "do.quyen", "ma.hien", "kieu.anh", "quach.dung", "luc.hoa", "dinh.trang", "mai.huong")


class CannotStart(Exception):
    """The sentence says what stands in the way."""


def run(place: Place, *, with_sample: bool) -> int:
    """Start, say where everything is, keep it running until Ctrl-C, stop cleanly."""
    stop = threading.Event()
    for which in (signal.SIGTERM, signal.SIGINT):
        signal.signal(which, lambda *_: stop.set())
    supervisor = Supervisor()
    try:
        _start(place, supervisor, with_sample=with_sample)
        told = _Told(place)
        while not stop.wait(0.5):
            supervisor.look()
            told.look()
    except (CannotStart, PostgresFailed) as problem:
        _say(str(problem))
        return 1
    finally:
        _say("Đang dừng …")
        supervisor.stop()
        if "DATABASE_URL" not in os.environ:
            place.postgres.stop()
    return 0


def _start(place: Place, supervisor: Supervisor, *, with_sample: bool) -> None:
    began = time.monotonic()
    _refuse_taken_ports(place)
    environment = place.environment()
    if place.with_sandbox:
        supervisor.add(_child(place, "sandbox", ["-m", "motcua.sandbox", *_sandbox_arguments(place)], environment))
    place.prepare_database()
    _migrate_when_new(place, environment)
    if place.with_sandbox:
        _wait_for_file(place.sandbox_state / "sandbox.json")
    web = [
        "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(place.web_port),
        "--workers", "1", "--blocking-threads", os.environ.get("MOTCUA_WEB_THREADS", "4"), "--backpressure", "4096",
        "--no-access-log", "--log-level", "warning", "motcua.config.wsgi:application",
    ]  # fmt: skip
    supervisor.add(_child(place, "web", web, environment))
    _wait_for_page(f"{place.public_url}/health/live")  # pages first: the others would only slow them down
    supervisor.add(_child(place, "relay", ["-m", "motcua", "relay"], environment))
    supervisor.add(_child(place, "worker", ["-m", "motcua", "worker"], environment))
    _announce(place, time.monotonic() - began)
    if with_sample:
        player = _child(place, "sample", ["-m", "motcua.sample", "--home", str(place.home)], environment)
        player.start()  # plays once and ends: it is not kept running
        supervisor.children.append(_Once(player))


def _refuse_taken_ports(place: Place) -> None:
    """Two servers can share a port without a word (SO_REUSEPORT): look before starting."""
    wanted = {"trang": place.web_port} | ({"hệ thống mô phỏng": place.sandbox_port} if place.with_sandbox else {})
    for what, port in wanted.items():
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                raise CannotStart(
                    f"Cổng {port} ({what}) đang có chương trình khác dùng. Đổi trong {place.home}/ports.json"
                )


class _Told:
    """Says once what becomes known while everything runs: the sample's accounts, and that it has been played."""

    def __init__(self, place: Place) -> None:
        self._accounts = place.sandbox_state / "officers.json"
        self._progress = place.home / "sample.progress.json"
        self._began = time.time()
        self._what = ""

    def look(self) -> None:
        """Print what is new."""
        if self._accounts.exists() and self._what == "":
            self._what = "accounts"
            officers = json.loads(self._accounts.read_text(encoding="utf-8"))
            _say(
                f"Tài khoản cán bộ mẫu (mật khẩu chung: {officers[0]['password']}; mã xác thực ở trang hệ thống mô phỏng):"
            )
            for one in officers:
                if one["username"] in SHOWN:
                    _say(f"  {one['username']:<14} {one['position']}, {one['agency']}")
        if self._what == "accounts" and self._progress.exists() and self._progress.stat().st_mtime >= self._began:
            progress = json.loads(self._progress.read_text(encoding="utf-8"))
            if progress.get("total") and progress.get("done") == progress["total"]:
                self._what = "played"
                _say(f"Tỉnh mẫu đã dựng xong ({progress['done']} bước).")


class _Once(Child):
    """A child that may end by itself."""

    def __init__(self, child: Child) -> None:
        super().__init__(child.name, child.command, child.environment, child.log, process=child.process)

    def is_dead(self) -> bool:
        """An ended player is not dead."""
        return False


def _child(place: Place, name: str, arguments: list[str], environment: dict[str, str]) -> Child:
    return Child(name, [sys.executable, *arguments], environment, place.home / "logs" / f"{name}.log")


def _sandbox_arguments(place: Place) -> list[str]:
    state = ["--state", str(place.sandbox_state), "--base-port", str(place.sandbox_port)]
    return [*state, "--product-url", place.public_url]


def _migrate_when_new(place: Place, environment: dict[str, str]) -> None:
    """Migrate and grant, unless this very database was already brought to these very migrations."""
    source = Path(__file__).parent.parent
    digest = sha256(environment["DATABASE_URL"].encode())
    for file in sorted(
        [*source.glob("**/migrations/*.py"), *source.glob("running/*.py"), *source.glob("**/tables.py")]
    ):
        digest.update(file.read_bytes())
    mark = place.home / "migrated"
    if "DATABASE_URL" not in os.environ and mark.exists() and mark.read_text() == digest.hexdigest():
        return
    _run_to_end([sys.executable, "-m", "motcua", "migrate"], environment)
    mark.write_text(digest.hexdigest())


def _run_to_end(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotStart(f"{' '.join(command[1:])} không chạy được:\n{done.stdout}{done.stderr}")


def _wait_for_file(path: Path, patience: float = 60.0) -> None:
    until = time.monotonic() + patience
    while not path.exists():
        if time.monotonic() > until:
            raise CannotStart(f"Hệ thống mô phỏng không khởi động được (thiếu {path})")
        time.sleep(0.05)


def _wait_for_page(url: str, patience: float = 60.0) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, OSError) as problem:
            if time.monotonic() > until:
                raise CannotStart(f"Trang chủ không trả lời sau {patience:.0f} giây: {problem}") from problem
            time.sleep(0.05)


def _announce(place: Place, seconds: float) -> None:
    _say(f"\nmotcua đã chạy sau {seconds:.1f} giây.\n")
    _say(f"  Cổng người dân, doanh nghiệp   {place.public_url}/")
    _say(f"  Bàn làm việc của cán bộ         {place.public_url}/can-bo/")
    _say(f"  Quản trị                        {place.public_url}/quan-tri/")
    if place.with_sandbox:
        _say(f"  Hệ thống mô phỏng               http://127.0.0.1:{place.sandbox_port}/")
        _say(f"  Tài khoản mẫu, mã xác thực      http://127.0.0.1:{place.sandbox_port}/can-bo")
    _say(f"  Nhật ký                         {place.home}/logs/")
    _say("\nDừng bằng Ctrl-C.\n")


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201
