"""Write the rights that come with the roles; an installation changes them afterwards as it likes."""

from datetime import date

from django.db import migrations

from motcua.foundation.organisation.defaults import DEFAULT_GRANTS

SINCE = date(2025, 1, 1)


def write(apps, schema_editor):  # noqa: ARG001
    grant = apps.get_model("organisation", "Grant")
    grant.objects.bulk_create(
        grant(holder_kind="role", role=role, capability=capability, scope=scope, valid_from=SINCE)
        for role, scope, capabilities in DEFAULT_GRANTS
        for capability in capabilities
    )


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
