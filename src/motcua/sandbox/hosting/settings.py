"""What a server is told when it starts: where its state lies, its addresses, its secrets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

SYSTEMS_FILE: Final = "sandbox.json"


@dataclass(frozen=True)
class Settings:
    """The sandbox as written in ``<state>/sandbox.json``: one mapping per simulated system."""

    state: Path
    product_url: str
    systems: Mapping[str, Any]

    @classmethod
    def load(cls, state: Path) -> Settings:
        """Read the file that the supervisor wrote."""
        systems: dict[str, Any] = json.loads((state / SYSTEMS_FILE).read_text(encoding="utf-8"))
        return cls(state=state, product_url=systems["product_url"], systems=systems)

    def system(self, name: str) -> Mapping[str, Any]:
        """Return what is configured for one system."""
        found: Mapping[str, Any] = self.systems[name]
        return found

    def port(self, name: str) -> int:
        """Return the port of a system's address."""
        return int(urlsplit(self.system(name)["url"]).port or 0)

    def folder(self, name: str) -> Path:
        """Return a server's own folder inside the state, made when missing."""
        path = self.state / name
        path.mkdir(parents=True, exist_ok=True)
        return path
