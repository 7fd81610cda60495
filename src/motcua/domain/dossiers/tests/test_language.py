"""Whoever reads English acts in a Vietnamese office: what is recorded and printed stays Vietnamese, pages do not."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import override

from motcua.domain.deadlines import queries as clocks
from motcua.domain.deadlines.types import ClockKind, LimitRule, Unit
from motcua.domain.dossiers import commands, paperwork
from motcua.domain.dossiers.tests.province import AT, Province
from motcua.domain.dossiers.tests.test_processing import assigned, task


def test_a_reason_is_recorded_in_vietnamese_and_told_in_the_readers_language(province: Province) -> None:
    dossier_id = assigned(province)
    with override("en"):
        commands.ask_supplement(
            task_id=task(dossier_id).id,
            content="Nộp ảnh rõ hơn",
            reason="Ảnh mờ",
            guidance="Chụp lại",
            actor=province.appraiser,
            at=AT + timedelta(hours=1),
        )
    assert "(chờ người nộp hồ sơ bổ sung)" in clocks.explanation_of(dossier_id, ClockKind.RESOLVING).sentence
    with override("en"):
        told = clocks.explanation_of(dossier_id, ClockKind.RESOLVING).sentence
    assert told.startswith("Due ")
    assert "(waiting for the applicant's supplement)" in told


def test_a_paper_says_its_limit_in_vietnamese() -> None:
    with override("en"):
        assert paperwork.limit(LimitRule(10, Unit.WORKING_DAYS)) == "10 ngày làm việc"
