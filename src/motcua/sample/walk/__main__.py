"""``python -m motcua.sample.walk --out walk [--url … --sandbox …]``: one dossier all the way, over HTTP."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from motcua.sample.walk import checking, starting
from motcua.sample.walk.browser import Lost
from motcua.sample.walk.journey import Journey
from motcua.sample.walk.people import World

URL, SANDBOX = "http://127.0.0.1:8000", "http://127.0.0.1:8100"


class Teller:
    """Prints each step with the time it took."""

    def __init__(self) -> None:
        self.began = self.last = time.monotonic()
        self.steps = 0

    def __call__(self, what: str) -> None:
        now, self.steps = time.monotonic(), self.steps + 1
        print(f"{self.steps:3}. {what:<90} {now - self.last:6.2f} s", flush=True)
        self.last = now


def main() -> int:
    """Walk on the system given, on one that runs here, or on one started for the purpose."""
    parser = argparse.ArgumentParser(prog="python -m motcua.sample.walk")
    parser.add_argument("--out", type=Path, default=Path("walk"), help="thư mục để lại kết quả")
    parser.add_argument("--url", default="", help=f"hệ thống đang chạy, ví dụ {URL}")
    parser.add_argument("--sandbox", default="", help=f"hệ thống mô phỏng của nó, ví dụ {SANDBOX}")
    parser.add_argument("--home", type=Path, default=None, help="thư mục của hệ thống đó (tệp niêm phong nằm ở đây)")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    if chosen.url or starting.is_running(URL):
        home = chosen.home or Path(".local/run")
        return _walk(chosen.out, chosen.url or URL, chosen.sandbox or SANDBOX, home)
    home = chosen.home or Path(".local/walk")
    with starting.own_system(home.resolve()) as (url, sandbox):
        return _walk(chosen.out, url, sandbox, home)


def _walk(out: Path, url: str, sandbox: str, home: Path) -> int:
    say = Teller()
    print(f"Đi trọn một hồ sơ trên {url}\n")
    try:
        Journey(World(url, sandbox), out, say).walk()
    except Lost as lost:
        print(f"  ✗ {lost}", file=sys.stderr)
        return 1
    anchor = next(iter((home / "sandbox").glob("**/*root*.pem")), None)
    signed, by_what = checking.signatures(out / "result.pdf", anchor)
    say(("✓ " if signed else "✗ ") + by_what)
    holds, said = checking.history(out / "history.json", home / "seals.jsonl")
    say(("✓ " if holds else "✗ ") + said)
    print(
        f"\n{say.steps} bước, {time.monotonic() - say.began:.1f} giây. Xem {out}/receipt.pdf, result.pdf, history.json"
    )
    return 0 if signed and holds else 1


if __name__ == "__main__":
    sys.exit(main())
