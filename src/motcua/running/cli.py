"""The command line: ``motcua <command>``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

import django
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 when it did what it says."""
    parser = argparse.ArgumentParser(prog="motcua", description="Hệ thống thông tin giải quyết thủ tục hành chính")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("migrate", help="đưa cơ sở dữ liệu lên phiên bản này (vai trò owner)")
    making = commands.add_parser("makemigrations", help="viết tệp migration cho các phòng")
    making.add_argument("rooms", nargs="*")
    making.add_argument("--check", action="store_true")
    chosen = parser.parse_args(arguments)
    return COMMANDS[chosen.command](chosen)


def migrate(_chosen: argparse.Namespace) -> int:
    """Migrate as owner, then grant what the classes of tables say."""
    if owner := os.environ.get("DATABASE_OWNER_URL"):
        os.environ["DATABASE_URL"] = owner
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    grant_all_tables()
    return 0


def grant_all_tables() -> None:
    """Grant by class; imported late because the models must be loaded."""
    from motcua.running.grants import grant_all  # noqa: PLC0415

    grant_all()


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


COMMANDS = {"migrate": migrate, "makemigrations": makemigrations}

if __name__ == "__main__":
    sys.exit(main())
