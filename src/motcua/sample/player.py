"""Play the stories one after the other and say how far it is; what was played is not played again."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from django.db import close_old_connections

from motcua.foundation.kernel.clocks import now
from motcua.sample.loading import load
from motcua.sample.stage import Stage
from motcua.sample.stories import STORIES

LOADING = 3


class Progress:
    """``sample.progress.json``: ``done`` of ``total``, ``what`` is going on, and which stories are told."""

    def __init__(self, path: Path) -> None:
        self.path = path
        kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        self.told: dict[str, str] = kept.get("told", {})
        self.loaded = LOADING if kept.get("loaded") else 0

    @property
    def is_complete(self) -> bool:
        return self.loaded >= LOADING and all(story.__name__ in self.told for story in STORIES)

    def loading(self, what: str) -> None:
        """Say that the next part of the loading goes on."""
        self._write(what)
        self.loaded = min(self.loaded + 1, LOADING)

    def say(self, what: str) -> None:
        self._write(what)

    def tell(self, story: str, dossier_id: str) -> None:
        """Keep that the story was told, with its dossier."""
        self.told[story] = dossier_id
        self._write(f"Hồ sơ mẫu {len(self.told)} trên {len(STORIES)}")

    def _write(self, what: str) -> None:
        done = self.loaded + len(self.told)
        whole = {
            "done": done,
            "total": LOADING + len(STORIES),
            "what": what,
            "loaded": self.loaded >= LOADING,
            "told": self.told,
        }
        draft = self.path.with_suffix(".new")
        draft.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
        draft.replace(self.path)


def play(home: Path) -> int:
    """Load the province and tell every story that was not told yet; returns how many were told now."""
    progress = Progress(home / "sample.progress.json")
    if progress.is_complete:
        return 0
    began, told = time.monotonic(), 0
    progress.loaded = 0
    province = load(accounts_file=home / "sandbox" / "officers.json", at=now(), progress=progress.loading)
    stage = Stage(province)
    for story in STORIES:
        if story.__name__ in progress.told:
            continue
        close_old_connections()
        progress.tell(story.__name__, str(story(stage).id))
        told += 1
    progress.say(f"Tỉnh mẫu đã sẵn sàng sau {time.monotonic() - began:.0f} giây")
    return told
