"""``python -m motcua.sample --home DIR``: load the sample province and play its last weeks through the commands."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import django


def main() -> int:
    """Play what was not played yet."""
    parser = argparse.ArgumentParser(prog="python -m motcua.sample", description="Tỉnh mẫu")
    parser.add_argument("--home", type=Path, required=True, help="thư mục của hệ thống đang chạy")
    home = parser.parse_args().home.resolve()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    os.environ.setdefault("MOTCUA_DATABASE_POOL", "0")
    django.setup()
    from motcua.sample.player import play  # after Django is ready

    print(f"{play(home)} hồ sơ")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
