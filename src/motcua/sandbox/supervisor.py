"""Starts every server as a process of its own, starts it again when it dies, stops them all together.

The supervisor loads what the servers have in common, then forks: pages of memory are shared, starting is quick, and
because the supervisor itself never has a second thread, forking again later is safe. A child watches a pipe whose other
end only the supervisor holds: when the supervisor is gone, however it went, the children leave.
"""

from __future__ import annotations

import gc
import importlib
import json
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import jinja2
import werkzeug.serving

from motcua.sandbox.addresses import PORTS, PROCESSES, SECOND_PORTS
from motcua.sandbox.hosting import outward, web
from motcua.sandbox.hosting.serving import HOST
from motcua.sandbox.hosting.settings import Settings

LOG: Final = logging.getLogger("motcua.sandbox")
SHARED: Final = (jinja2, werkzeug.serving, outward, web)
"""Loaded before the first fork so that every child shares them."""

STOP_SIGNALS: Final = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
WATCHED: Final = STOP_SIGNALS | {signal.SIGCHLD}
PATIENCE: Final = 3.0
LONGEST_PAUSE: Final = 30.0


class CannotStart(RuntimeError):
    """A server did not come up; the sentence says which and why."""


@dataclass
class Child:
    """A running server: its process and how often it died in a row."""

    name: str
    pid: int
    started: float
    deaths: int = 0


@dataclass
class Supervisor:
    """Holds the servers of one sandbox. ``run`` returns after a stop signal, when every child has gone."""

    settings: Settings
    base_port: int
    names: Iterable[str] = tuple(PROCESSES)
    _children: dict[int, Child] = field(default_factory=dict)
    _due: list[tuple[float, str, int]] = field(default_factory=list)
    _life_line: tuple[int, int] = field(default_factory=os.pipe)

    def run(self) -> None:
        """Start everything, say so, watch, stop. Raises CannotStart."""
        signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
        self._ensure_ports_are_free()
        gc.collect()
        gc.freeze()
        try:
            for name in self.names:
                self._start(name)
            self._wait_until_listening()
            print(json.dumps({"ready": True, "index": self.settings.system("index")["url"]}), flush=True)
            self._watch()
        finally:
            self._stop()

    def _start(self, name: str, deaths: int = 0) -> None:
        sys.stdout.flush()
        pid = os.fork()
        if pid == 0:
            _live(name, self.settings, self._life_line)
        self._children[pid] = Child(name, pid, time.monotonic(), deaths)

    def _ports(self) -> dict[str, int]:
        names = [*self.names, *(SECOND_PORTS[name] for name in self.names if name in SECOND_PORTS)]
        return {name: self.base_port + PORTS[name] for name in names}

    def _ensure_ports_are_free(self) -> None:
        for name, port in self._ports().items():
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind((HOST, port))
                except OSError:
                    raise CannotStart(f"Cổng {port} (“{name}”) đã có chương trình khác dùng") from None

    def _wait_until_listening(self) -> None:
        waiting = self._ports()
        deadline = time.monotonic() + 30
        while waiting:
            for child in self._reap():
                raise CannotStart(f"Không khởi động được “{child.name}” (cổng {self.base_port + PORTS[child.name]})")
            if time.monotonic() > deadline:
                raise CannotStart("Quá 30 giây chưa sẵn sàng: " + ", ".join(waiting))
            waiting = {name: port for name, port in waiting.items() if not _listens(port)}
            time.sleep(0.02 if waiting else 0)

    def _watch(self) -> None:
        while True:
            pause = max(0.05, min((when for when, _, _ in self._due), default=3600.0) - time.monotonic())
            found = signal.sigtimedwait(WATCHED, pause)
            if found is not None and found.si_signo in STOP_SIGNALS:
                return
            for child in self._reap():
                self._plan_restart(child)
            now = time.monotonic()
            ready = [item for item in self._due if item[0] <= now]
            self._due = [item for item in self._due if item[0] > now]
            for _, name, deaths in ready:
                self._start(name, deaths)

    def _plan_restart(self, child: Child) -> None:
        now = time.monotonic()
        deaths = 1 if now - child.started > 60 else child.deaths + 1
        pause = min(0.2 * 2**deaths, LONGEST_PAUSE)
        LOG.warning("“%s” đã dừng, khởi động lại sau %.1f giây", child.name, pause)
        self._due.append((now + pause, child.name, deaths))

    def _reap(self) -> list[Child]:
        gone = []
        for pid in list(self._children):
            if os.waitpid(pid, os.WNOHANG)[0]:
                gone.append(self._children.pop(pid))
        return gone

    def _stop(self) -> None:
        for pid in self._children:
            os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        while self._children and time.monotonic() < deadline:
            self._reap()
            time.sleep(0.02)
        for pid in self._children:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        self._children.clear()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex((HOST, port)) == 0


def _live(name: str, settings: Settings, life_line: tuple[int, int]) -> None:
    """Be one server until told to stop. Never returns."""
    status = 1
    try:
        os.close(life_line[1])
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
        _name_process(name)
        for listener in importlib.import_module(PROCESSES[name]).build(settings):
            listener.start()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, WATCHED)
        threading.Thread(target=_leave_with_parent, args=(life_line[0],), daemon=True).start()
        while True:
            signal.pause()
    except BaseException:
        LOG.exception("“%s” dừng vì lỗi", name)
    finally:
        os._exit(status)


def _leave_with_parent(pipe: int) -> None:
    os.read(pipe, 1)
    os._exit(0)


def _name_process(name: str) -> None:
    with open("/proc/self/comm", "w", encoding="ascii") as comm:
        comm.write(f"sb-{name}"[:15])
