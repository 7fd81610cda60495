"""``python -m motcua.sandbox``: start the simulated outside world and keep it running until told to stop."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from motcua.sandbox.addresses import CALLBACKS, PROCESSES
from motcua.sandbox.configuration import prepare
from motcua.sandbox.supervisor import CannotStart, Supervisor


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sandbox. Returns 0 after a clean stop, 1 when a server could not start."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    callbacks = dict(options.callback)
    settings = prepare(options.state, base_port=options.base_port, product_url=options.product_url, callbacks=callbacks)
    try:
        Supervisor(settings=settings, base_port=options.base_port, names=options.only).run()
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m motcua.sandbox", description=__doc__)
    parser.add_argument(
        "--state", type=Path, required=True, help="folder that holds keys, secrets and what was received"
    )
    parser.add_argument("--base-port", type=int, required=True, help="index page; the servers take the next nine ports")
    parser.add_argument("--product-url", required=True, help="where motcua answers, e.g. http://127.0.0.1:8000")
    parser.add_argument("--only", type=_names, default=tuple(PROCESSES), help="comma-separated: " + ",".join(PROCESSES))
    parser.add_argument(
        "--callback",
        type=_callback,
        action="append",
        default=[],
        metavar="NAME=PATH",
        help="replace a path of the product: " + ", ".join(CALLBACKS),
    )
    return parser


def _names(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if unknown := [name for name in names if name not in PROCESSES]:
        raise argparse.ArgumentTypeError(f"unknown server: {', '.join(unknown)}")
    return names


def _callback(text: str) -> tuple[str, str]:
    name, _, path = text.partition("=")
    if name not in CALLBACKS or not path.startswith("/"):
        raise argparse.ArgumentTypeError(f"expected NAME=/path with NAME one of {', '.join(CALLBACKS)}")
    return name, path


if __name__ == "__main__":
    sys.exit(main())
