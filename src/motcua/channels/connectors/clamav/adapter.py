"""Scan a stream with clamd."""

from __future__ import annotations

import socket
import struct
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from motcua.foundation.kernel.errors import Unavailable

CHUNK = 256 * 1024


class Clamd:
    """Storage's ``Scanner`` over TCP (``host``, ``port``) or a Unix socket (``path``)."""

    name = "clamav"

    def __init__(self, *, host: str = "127.0.0.1", port: int = 3310, path: str = "", timeout: float = 60.0) -> None:
        self._where, self._timeout = (path or (host, port)), timeout

    def scan(self, stream: BinaryIO) -> str:
        """Return the name of what was found, empty when nothing. Raises Unavailable."""
        try:
            with self._connect() as daemon:
                daemon.sendall(b"zINSTREAM\0")
                while chunk := stream.read(CHUNK):
                    daemon.sendall(struct.pack("!L", len(chunk)) + chunk)
                daemon.sendall(struct.pack("!L", 0))
                said = daemon.recv(4096).rstrip(b"\0").decode(errors="replace")
        except OSError as problem:
            raise Unavailable(_("Phần mềm diệt virus không trả lời."), retry=True, why=str(problem)) from None
        if said.endswith(" OK"):
            return ""
        if said.endswith(" FOUND"):
            return said.removeprefix("stream: ").removesuffix(" FOUND")
        raise Unavailable(_("Phần mềm diệt virus không trả lời."), retry=True, why=said)

    def _connect(self) -> socket.socket:
        if isinstance(self._where, tuple):
            return socket.create_connection(self._where, self._timeout)
        made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        made.settimeout(self._timeout)
        made.connect(self._where)
        return made
