"""What came out, checked by tools that are not the product's: signatures and history."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

VERIFIER = Path(__file__).parents[4] / "verifier" / "verify_history.py"


def signatures(pdf: Path, anchors: Path | None) -> tuple[bool, str]:
    """Verify the result's signatures; returns (good, one line that says by what)."""
    if pdfsig := shutil.which("pdfsig"):
        done = subprocess.run([pdfsig, "-nocert", str(pdf)], capture_output=True, text=True, check=False)
        good = done.stdout.count("Signature is Valid")
        whole = "Total document signed" in done.stdout
        return good >= 2 and whole, f"pdfsig: {good} chữ ký hợp lệ, {'bao trùm toàn văn bản' if whole else 'thiếu'}"
    command = [sys.executable, "-m", "motcua.domain.signing.validator", str(pdf)]
    if anchors is not None:
        command += ["--anchors", str(anchors)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = " · ".join(done.stdout.split("\n")).strip(" ·")
    return done.returncode == 0, f"trình kiểm tra riêng (motcua.domain.signing.validator): {lines}{done.stderr[-300:]}"


def history(file: Path, seals: Path | None) -> tuple[bool, str]:
    """Verify the history with the stand-alone verifier; returns (good, what it says)."""
    command = [sys.executable, "-I", str(VERIFIER), str(file)]
    if seals is not None and seals.exists():
        command += ["--seals", str(seals)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.split("\n") if "not here" not in line and line]
    return done.returncode == 0, "verify_history.py: " + " · ".join(" ".join(line.split()) for line in lines[:6])
