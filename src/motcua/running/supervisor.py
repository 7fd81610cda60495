"""Children of ``motcua run``: started in order, started again when they die, stopped in reverse order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Child:
    """One process: its command, its environment, its log. ``restarts`` counts how often it had to be started again."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    restarts: int = 0
    process: subprocess.Popen[bytes] | None = None
    not_before: float = 0.0

    def start(self) -> None:
        """Start the process in a group of its own, so that Ctrl-C reaches us first and them in our order."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self.command,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def is_dead(self) -> bool:
        """Say whether it ran and ended by itself."""
        return self.process is not None and self.process.poll() is not None

    def stop(self, patience: float = 10.0) -> None:
        """Ask it to end, insist after ``patience`` seconds."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(5)


@dataclass
class Supervisor:
    """Keeps the children running."""

    children: list[Child] = field(default_factory=list)

    def add(self, child: Child) -> Child:
        """Start a child and keep it from now on."""
        self.children.append(child)
        child.start()
        return child

    def look(self) -> None:
        """Start again what died; a child that keeps dying is given growing pauses, at most half a minute."""
        moment = time.monotonic()
        for child in self.children:
            if not child.is_dead():
                continue
            if not child.not_before:
                child.restarts += 1
                child.not_before = moment + min(2.0**child.restarts / 4, 30.0)
                print(
                    f"{child.name} dừng bất thường, khởi động lại (lần {child.restarts}); nhật ký: {child.log}",
                    file=sys.stderr,
                )  # noqa: T201
            elif moment >= child.not_before:
                child.not_before = 0.0
                child.start()

    def stop(self) -> None:
        """Stop everything, the last started first."""
        for child in reversed(self.children):
            child.stop()
