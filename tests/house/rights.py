"""``python -m tests.house.rights`` prints the live table of rights, as ``rights.csv`` keeps it.

Read every changed line before you keep it: a 200 that should be a 404 is a hole.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

TEST = f"{Path(__file__).parent / 'test_rights.py'}::test_everybody_gets_the_expected_answer"


def write(folder: Path) -> None:
    """Join what each persona was answered; a line that only says 405 is left out."""
    personas = next(csv.reader((Path(__file__).parent / "rights.csv").open(encoding="utf-8")))[2:]
    table: dict[tuple[str, str], list[str]] = {}
    for persona in personas:
        for address, method, answer in json.loads((folder / persona).read_text()):
            table.setdefault((address, method), []).append(answer)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["address", "method", *personas])
    writer.writerows([*line, *answers] for line, answers in table.items() if set(answers) != {"405"})


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        asked = [sys.executable, "-m", "pytest", TEST, "-q", "-n", "2"]
        done = subprocess.run(asked, env=os.environ | {"MOTCUA_WRITE_RIGHTS": folder}, capture_output=True, text=True)
        if done.returncode == 0:
            write(Path(folder))
        else:
            print(done.stdout, file=sys.stderr)
    sys.exit(done.returncode)
