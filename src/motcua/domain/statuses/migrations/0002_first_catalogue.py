"""The first catalogue: TT 11/2025/TT-BKHCN."""

from datetime import UTC, datetime

from django.db import migrations

from motcua.domain.statuses.ready import TT11

IN_FORCE = datetime(2025, 8, 1, tzinfo=UTC)


def lay_down(apps, _schema_editor):
    table = {name: apps.get_model("statuses", name) for name in ("StatusCatalogue", "LegalStatus", "Mapping", "Arrow")}
    catalogue = table["StatusCatalogue"].objects.create(version=1, name=TT11.name, published_at=IN_FORCE)
    statuses = {
        status.code: table["LegalStatus"].objects.create(
            catalogue=catalogue,
            code=status.code,
            stage=status.stage.value,
            portal_code=status.portal_code,
            rank=status.rank,
            words={
                language: {"officer": words.officer, "applicant": words.applicant, "shows": list(words.shows)}
                for language, words in status.words.items()
            },
        )
        for status in TT11.statuses
    }
    for rule in TT11.rules:
        table["Mapping"].objects.create(
            catalogue=catalogue,
            state=rule.state.value,
            step_kind=rule.step_kind.value if rule.step_kind else "",
            position=rule.position,
            status=statuses[rule.status],
        )
    for arrow in TT11.arrows:
        table["Arrow"].objects.create(catalogue=catalogue, source=statuses[arrow.source], target=statuses[arrow.target])


class Migration(migrations.Migration):
    dependencies = [("statuses", "0001_initial")]

    operations = [migrations.RunPython(lay_down, migrations.RunPython.noop)]
