"""Two people in one form at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any

from django.db import connections

from motcua.domain.forms import commands, queries
from motcua.domain.forms.tests.example import EXAMPLE
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import Stale
from motcua.foundation.kernel.identifiers import new_id


def test_first_savings_at_once_lose_nothing(committed_database: str, actor: Actor, at: datetime) -> None:
    version = commands.publish_form(key="example", content=EXAMPLE, actor=actor, at=at)
    subject, start = new_id(), Barrier(4)

    def save(changes: dict[str, Any]) -> str:
        start.wait(timeout=10)
        try:
            commands.save_answers(
                subject_id=subject, form_version_id=version, changes=changes, sources={}, expected=0, actor=actor, at=at
            )
        except Stale:
            return "stale"
        else:
            return "saved"
        finally:
            connections.close_all()

    changes: list[dict[str, Any]] = [{"phone": "0911111111"}, {"phone": "0922222222"}, {"lost": True}, {"price": 5}]
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(save, changes))
    kept = queries.answers(subject)
    assert sorted(outcomes[:2]) == ["saved", "stale"]  # the same question: the second is told
    assert outcomes[2:] == ["saved", "saved"]  # other questions: nobody waits
    assert kept.values == {"phone": changes[outcomes.index("saved")]["phone"], "lost": True, "price": 5}
    assert kept.version == 3
