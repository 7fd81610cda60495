"""``python -m bench``: run the benchmarks on a database of their own and print a table."""

from __future__ import annotations

import os
import sys
from pathlib import Path

HERE = Path(__file__).parent.parent
sys.path[:0] = [str(HERE / "src"), str(HERE)]


def main() -> int:
    """Prepare a durable cluster under ``.local/bench``, then measure."""
    from bench.ground import prepare

    prepare(Path(os.environ.get("MOTCUA_BENCH_HOME", HERE / ".local" / "bench")))
    from bench import acts, pages, stack
    from bench.table import show

    wanted = set(sys.argv[1:]) or {"acts", "pages", "stack"}
    for name, measure in (("acts", acts.measure), ("pages", pages.measure), ("stack", stack.measure)):
        if name in wanted:
            show(name, measure())
    return 0


if __name__ == "__main__":
    sys.exit(main())
