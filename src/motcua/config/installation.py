"""What one installation is: its mode, its addresses, its keys, where it keeps its state.

``MOTCUA_MODE`` is ``production`` (default), ``sandbox`` (what ``make run`` starts: a sample province with simulated
outside systems) or ``test``. Production refuses everything that belongs to the sandbox.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any


class WrongSettings(Exception):
    """The environment does not describe an installation that may start; the sentence says what to mend."""


class Mode(StrEnum):
    """How strict this installation is."""

    PRODUCTION = "production"
    SANDBOX = "sandbox"
    TEST = "test"


@dataclass(frozen=True)
class Installation:
    """The typed environment. ``systems`` is the file that says how outside systems are reached (secrets inside)."""

    mode: Mode
    home: Path
    database_url: str
    secret_key: str
    keys_file: Path
    public_url: str
    name: str
    hosts: tuple[str, ...]
    trusted_origins: tuple[str, ...]
    form_targets: tuple[str, ...] = ()
    behind_proxy: bool = False
    own_home_page: bool = True
    database_pool: int = 8
    log_level: str = "WARNING"
    systems: Mapping[str, Any] = field(default_factory=dict)
    brand: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Installation:
        """Read and check the environment. Raises WrongSettings."""
        mode = _mode(environment.get("MOTCUA_MODE", "production"))
        home = Path(environment.get("MOTCUA_HOME", ".local")).resolve()
        public_url = environment.get("MOTCUA_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
        if mode is Mode.PRODUCTION and not public_url.startswith("https://"):
            raise WrongSettings("Chế độ production cần MOTCUA_PUBLIC_URL bắt đầu bằng https://")
        systems = _systems(environment.get("MOTCUA_SYSTEMS_FILE", ""), mode)
        return cls(
            mode=mode,
            home=home,
            database_url=_required(environment, "DATABASE_URL", "postgresql://motcua_app@localhost/motcua"),
            secret_key=_secret(environment, home),
            keys_file=Path(environment.get("MOTCUA_KEYS_FILE", str(home / "keys.json"))),
            public_url=public_url,
            name=environment.get("MOTCUA_NAME", "Hệ thống thông tin giải quyết thủ tục hành chính"),
            hosts=tuple(environment.get("MOTCUA_HOSTS", "127.0.0.1,localhost,testserver").split(",")),
            trusted_origins=(public_url,),
            form_targets=tuple(item for item in environment.get("MOTCUA_FORM_TARGETS", "").split(",") if item),
            behind_proxy=environment.get("MOTCUA_BEHIND_PROXY", "") == "1",
            own_home_page=environment.get("MOTCUA_OWN_HOME_PAGE", "1") == "1",
            database_pool=int(environment.get("MOTCUA_DATABASE_POOL", "8")),
            log_level=environment.get("MOTCUA_LOG_LEVEL", "WARNING"),
            systems=systems,
            brand=_brand(environment.get("MOTCUA_BRAND_FILE", "")),
        )

    def system(self, name: str) -> Mapping[str, Any]:
        """Return how the outside system is reached. Raises WrongSettings when it is not configured."""
        if name not in self.systems:
            raise WrongSettings(f"Chưa khai báo hệ thống ngoài “{name}” trong MOTCUA_SYSTEMS_FILE")
        found: Mapping[str, Any] = self.systems[name]
        return found


def _mode(text: str) -> Mode:
    try:
        return Mode(text)
    except ValueError:
        raise WrongSettings(f"MOTCUA_MODE phải là production, sandbox hoặc test (đang là {text})") from None


def _required(environment: Mapping[str, str], name: str, example: str) -> str:
    if name not in environment:
        raise WrongSettings(f"Thiếu biến môi trường {name}, ví dụ {name}={example}")
    return environment[name]


def _secret(environment: Mapping[str, str], home: Path) -> str:
    if secret := environment.get("MOTCUA_SECRET_KEY", ""):
        return secret
    path = home / "secret.key"
    if path.exists():
        return path.read_text().strip()
    raise WrongSettings(f"Thiếu MOTCUA_SECRET_KEY (hoặc tệp {path}); tạo bằng: motcua keys")


def _brand(path: str) -> Mapping[str, Any]:
    """Read how the installation is called and reached (the fields of ``channels.ui.brand.Brand``)."""
    if not path:
        return {}
    found: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
    return found


def _systems(path: str, mode: Mode) -> Mapping[str, Any]:
    if not path:
        return {}
    if not Path(path).exists():
        raise WrongSettings(f"Không đọc được MOTCUA_SYSTEMS_FILE={path}")
    found: dict[str, Any] = json.loads(Path(path).read_text())
    if mode is Mode.PRODUCTION and found.get("sandbox"):
        raise WrongSettings("MOTCUA_SYSTEMS_FILE trỏ tới hệ thống mô phỏng; chế độ production không chạy với nó")
    return found
