"""The command line: ``motcua <command>``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import django
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 when it did what it says."""
    parser = argparse.ArgumentParser(prog="motcua", description="Hệ thống thông tin giải quyết thủ tục hành chính")
    commands = parser.add_subparsers(dest="command", required=True)
    running = commands.add_parser("run", help="chạy tất cả trên máy này, kèm tỉnh mẫu và các hệ thống mô phỏng")
    running.add_argument("--home", type=Path, default=Path(os.environ.get("MOTCUA_HOME", ".local/run")))
    running.add_argument("--port", type=int, default=0)
    running.add_argument("--no-sandbox", action="store_true")
    running.add_argument("--no-sample", action="store_true")
    commands.add_parser("migrate", help="đưa cơ sở dữ liệu lên phiên bản này (vai trò owner)")
    commands.add_parser("relay", help="giao các sự kiện tới nơi nhận")
    commands.add_parser("worker", help="gửi bản tin, ký số, quét định kỳ")
    commands.add_parser("seal", help="niêm phong lịch sử ngay bây giờ")
    commands.add_parser("doctor", help="kiểm tra máy và cài đặt, nói rõ điều cần sửa")
    roles = commands.add_parser("roles", help="in SQL tạo vai trò cho PostgreSQL có sẵn")
    roles.add_argument("--database", default="motcua")
    replaying = commands.add_parser("replay", help="giao lại các sự kiện cũ cho một nơi nhận")
    replaying.add_argument("handler")
    making = commands.add_parser("makemigrations", help="viết tệp migration cho các phòng")
    making.add_argument("rooms", nargs="*")
    making.add_argument("--check", action="store_true")
    messages = commands.add_parser("messages", help="gom và biên dịch câu chữ hai thứ tiếng")
    messages.add_argument("--check", action="store_true")
    chosen = parser.parse_args(arguments)
    return COMMANDS[chosen.command](chosen)


def run(chosen: argparse.Namespace) -> int:
    """Start everything on this machine."""
    from motcua.running.environment import Place
    from motcua.running.start import run as start

    with_sandbox = not chosen.no_sandbox
    place = Place.find(chosen.home.resolve(), web_port=chosen.port, with_sandbox=with_sandbox)
    return start(place, with_sample=with_sandbox and not chosen.no_sample)


def migrate(_chosen: argparse.Namespace) -> int:
    """Migrate as owner, then grant what the classes of tables say."""
    if owner := os.environ.get("DATABASE_OWNER_URL"):
        os.environ["DATABASE_URL"] = owner
    os.environ["MOTCUA_DATABASE_POOL"] = "0"
    django.setup()
    from motcua.running.grants import grant_all

    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
    grant_all()
    return 0


def relay(_chosen: argparse.Namespace) -> int:
    """Deliver events until told to stop."""
    os.environ.setdefault("MOTCUA_DATABASE_POOL", "0")
    django.setup()
    from motcua.running.work import run_relay

    return run_relay()


def worker(_chosen: argparse.Namespace) -> int:
    """Send, sign and sweep until told to stop."""
    os.environ.setdefault("MOTCUA_DATABASE_POOL", "0")
    django.setup()
    from motcua.running.work import run_worker
    from motcua.wiring import steps, sweeps

    return run_worker(steps(), sweeps())


def seal(_chosen: argparse.Namespace) -> int:
    """Seal now and say what was sealed."""
    django.setup()
    from motcua.foundation.journal.commands import seal_now
    from motcua.foundation.kernel.clocks import now

    sealed = seal_now(at=now())
    print(
        f"Niêm phong số {sealed.number}: {sealed.count} chuỗi, gốc {sealed.root.hex()}" if sealed else "Không có gì mới"
    )  # noqa: T201
    return 0


def roles(chosen: argparse.Namespace) -> int:
    """Print the SQL a DBA runs once on an external PostgreSQL."""
    from motcua.running.roles import script

    print(script(chosen.database))  # noqa: T201
    return 0


def replay(chosen: argparse.Namespace) -> int:
    """Queue every past event that the handler wants."""
    django.setup()
    from motcua.foundation.journal.relay import replay as again

    print(f"{again(chosen.handler)} sự kiện được giao lại cho {chosen.handler}")  # noqa: T201
    return 0


def doctor(_chosen: argparse.Namespace) -> int:
    """Look at the machine and the installation."""
    from motcua.running.doctor import examine

    return examine()


def makemigrations(chosen: argparse.Namespace) -> int:
    """Write migrations without a database at hand."""
    os.environ.setdefault("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    os.environ.setdefault("MOTCUA_MODE", "test")
    os.environ.setdefault("MOTCUA_DATABASE_POOL", "0")
    os.environ.setdefault("MOTCUA_SECRET_KEY", "only-for-writing-migrations")
    django.setup()
    try:
        call_command(
            "makemigrations", *chosen.rooms, check_changes=chosen.check, dry_run=chosen.check, skip_checks=True
        )
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def messages(chosen: argparse.Namespace) -> int:
    """Extract and compile the texts; with ``--check`` fail when English is missing."""
    os.environ.setdefault("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    os.environ.setdefault("MOTCUA_MODE", "test")
    os.environ.setdefault("MOTCUA_SECRET_KEY", "only-for-messages")
    django.setup()
    from motcua.channels.ui import messages as catalogue

    problems = catalogue.problems() if chosen.check else catalogue.update()
    print("\n".join(problems))
    return 1 if problems else 0


COMMANDS = {
    "run": run,
    "migrate": migrate,
    "relay": relay,
    "worker": worker,
    "seal": seal,
    "doctor": doctor,
    "roles": roles,
    "replay": replay,
    "makemigrations": makemigrations,
    "messages": messages,
}

if __name__ == "__main__":
    sys.exit(main())
