"""Python, fonts, disk, ports."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from motcua.foundation.typesetting import fonts
from motcua.running.checks.finding import Finding, bad, good, note
from motcua.running.postgres import Postgres

OLDEST = (3, 11)
ENOUGH = 5 * 1024**3  # bytes; files and the database grow
LEAST = 500 * 1024**2  # below this files are refused
PORT_NAMES = {"web": "trang web", "sandbox": "hệ thống mô phỏng", "database": "cơ sở dữ liệu"}


def python() -> Iterator[Finding]:
    """Python ≥ 3.11 with the modules that `make run` builds an environment with."""
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < OLDEST:
        yield bad(f"Python {found}", "Cài Python 3.11 trở lên rồi chạy lại make run.")
    else:
        yield good(f"Python {found}")
    lacking = [module for module in ("venv", "ensurepip") if find_spec(module) is None]
    if lacking:
        yield bad(
            f"Python thiếu mô-đun {', '.join(lacking)}",
            "Debian, Ubuntu: apt install python3-venv. Fedora: dnf install python3-pip.",
        )
    else:
        yield good("Tạo được môi trường Python riêng (venv)")


def letters() -> Iterator[Finding]:
    """Every Vietnamese letter is in every face that papers are set in."""
    lacking = fonts.missing_letters()
    if lacking:
        shown = " ".join(sorted(lacking)[:20])
        yield bad(f"Phông chữ thiếu {len(lacking)} ký tự: {shown}", f"Chép lại bốn tệp Tinos vào {fonts.FOLDER}.")
    else:
        yield good("Phông chữ có đủ chữ tiếng Việt")


def disk(home: Path) -> Iterator[Finding]:
    """There is room where the installation keeps its files."""
    there = next(folder for folder in (home, *home.parents) if folder.exists())
    free = shutil.disk_usage(there).free
    words = f"Đĩa chứa {there} còn trống {free / 1024**3:.1f} GB"
    if free < LEAST:
        yield bad(words, "Giải phóng hoặc thêm dung lượng: hệ thống không nhận tệp khi còn dưới 0,5 GB.")
    elif free < ENOUGH:
        yield note(words, "Nên có ít nhất 5 GB; hãy thêm dung lượng trước khi dùng thật.")
    else:
        yield good(words)
    if there == home and not os.access(home, os.W_OK):
        yield bad(f"Không ghi được vào {home}", f"Giao thư mục cho người chạy motcua: chown -R <người chạy> {home}")


def ports(home: Path) -> Iterator[Finding]:
    """The ports of this home are free, or taken by this installation itself."""
    file = home / "ports.json"
    if not file.exists():
        yield note(f"Chưa từng chạy motcua run trong {home}; các cổng được chọn khi chạy lần đầu")
        return
    for name, port in json.loads(file.read_text()).items():
        what = f"Cổng {port} ({PORT_NAMES.get(name, name)})"
        if not _is_taken(port):
            yield good(f"{what} còn trống")
        elif _is_ours(name, port, home):
            yield good(f"{what} đang do motcua dùng")
        else:
            yield bad(
                f"{what} đang do chương trình khác dùng", f"Dừng chương trình đó, hoặc đổi số “{name}” trong {file}."
            )


def root() -> Iterator[Finding]:
    """PostgreSQL refuses root; there it needs a user namespace."""
    if os.geteuid() != 0:
        return
    unshare = shutil.which("unshare")
    tried = unshare and subprocess.run(
        [unshare, "--user", "--map-user=65534", "--map-group=65534", "--", "true"], capture_output=True, check=False
    )
    if tried and tried.returncode == 0:
        yield good("Đang chạy bằng root; PostgreSQL nhúng chạy được trong user namespace")
    else:
        yield bad(
            "Đang chạy bằng root và máy cấm user namespace",
            "Chạy motcua bằng người dùng thường, hoặc đặt DATABASE_URL tới một PostgreSQL có sẵn.",
        )


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _is_ours(name: str, port: int, home: Path) -> bool:
    if name == "database":
        return Postgres(home / "postgres", port).is_running()
    try:
        # The web says so itself; the sandbox's index names its product.
        address = f"http://127.0.0.1:{port}/" + ("health/live" if name == "web" else "")
        with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - our own machine
            said: str = answer.read(20_000).decode(errors="replace").lower()
    except (urllib.error.URLError, OSError, ValueError):
        return False
    return '"state"' in said if name == "web" else "motcua" in said or "mô phỏng" in said
