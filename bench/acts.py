"""Commands without HTTP, one writer: submit, receive, complete a task; the receipt's PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

from bench.table import Line, median_ms, seconds

TIMES = 60


def measure() -> Iterator[Line]:
    """Yield the figures."""
    from bench.visitors import province as the_province
    from motcua.domain.documents import queries as papers
    from motcua.domain.dossiers import commands
    from motcua.domain.dossiers.tests.province import AT
    from motcua.domain.workflow import queries as runs
    from motcua.domain.workflow.types import Assignee
    from motcua.foundation.kernel.identifiers import new_id

    province = the_province()
    drafts = iter([province.draft() for _ in range(TIMES + 5)])

    def submit() -> UUID:
        return commands.submit(dossier_id=next(drafts), actor=province.applicant, at=AT).dossier_id

    for _ in range(3):
        submit()
    with rows_written() as rows:
        submit()
    submitted: list[UUID] = []
    ours = median_ms(seconds(lambda: submitted.append(submit()), TIMES))
    orm = median_ms(seconds(lambda: write_by_orm(rows, new_id), TIMES))
    bare = median_ms(seconds(lambda: write_bare(rows, new_id), TIMES))
    yield Line(
        "submit, whole command",
        f"{1000 / ours:.0f}/s ({ours:.1f} ms)",
        f"Django ORM, same {len(rows)} rows: {orm:.1f} ms",
        f"{ours / orm:.2f}×",
    )
    yield Line("", "", f"bare SQL, same rows: {bare:.1f} ms", f"{ours / bare:.2f}×")

    received = median_ms(
        seconds(
            lambda: (
                commands.receive(dossier_id=submitted[-1], actor=province.desk, at=AT, with_receipt=False)
                or submitted.insert(0, submitted.pop())
            ),
            30,
        )
    )
    yield Line("receive, without the receipt's PDF", f"{1000 / received:.0f}/s ({received:.1f} ms)")
    who = Assignee(province.appraiser.officer_id, province.appraiser.position_id)
    tasks = iter([runs.open_tasks(one)[0].id for one in submitted[:30]])
    finished = median_ms(
        seconds(
            lambda: commands.finish(task_id=next(tasks), action="assign", assignee=who, actor=province.head, at=AT), 30
        )
    )
    yield Line("task completion, whole command", f"{1000 / finished:.0f}/s ({finished:.1f} ms)")
    pdf = median_ms(seconds(lambda: papers.preview("receipt", at=AT), 30))
    yield Line("receipt PDF, warm", f"{pdf:.1f} ms")


@contextmanager
def rows_written() -> Iterator[list[Model]]:
    """Collect copies of the rows that one command inserts, by watching the counts of every table."""
    found: list[Model] = []
    present = set(connection.introspection.table_names())
    tables = [m for m in apps.get_models() if m._meta.db_table in present and m._meta.db_table != "kernel_request"]
    before = {model: set(model.objects.values_list("pk", flat=True)) for model in tables}
    yield found
    for model in tables:
        found += [row for row in model.objects.all() if row.pk not in before[model]]


def _renewed(rows: list[Model], new_id: Callable[[], UUID]) -> Iterator[Model]:
    """Copy the rows under fresh ids, each old id to the same new one, so that they still refer to one another."""
    fresh: dict[object, UUID] = {}
    for row in rows:
        for name in ("id", "subject_id"):
            if isinstance(old := getattr(row, name, None), UUID):
                fresh.setdefault(old, new_id())
    for row in rows:
        values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.column}
        yield type(row)(
            **{name: fresh.get(value, value) if isinstance(value, UUID) else value for name, value in values.items()}
        )


def write_by_orm(rows: list[Model], new_id: Callable[[], UUID]) -> None:
    """Write the same rows as plain models, in one transaction."""
    with transaction.atomic():
        for row in _renewed(rows, new_id):
            row.save(force_insert=True)


def write_bare(rows: list[Model], new_id: Callable[[], UUID]) -> None:
    """Write the same rows as bare SQL, in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        for fresh in _renewed(rows, new_id):
            fields = [field for field in fresh._meta.concrete_fields if field.column]
            columns = ", ".join(f'"{field.column}"' for field in fields)
            marks = ", ".join(["%s"] * len(fields))
            values = [field.get_db_prep_save(getattr(fresh, field.attname), connection) for field in fields]
            cursor.execute(f'INSERT INTO "{fresh._meta.db_table}" ({columns}) VALUES ({marks})', values)
