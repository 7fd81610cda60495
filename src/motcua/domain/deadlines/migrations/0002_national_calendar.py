"""The nation's calendar as it is known today; administrators edit the rows afterwards."""

from django.db import migrations

from motcua.domain.deadlines import national


def lay_down(apps, _schema_editor):
    Calendar = apps.get_model("deadlines", "Calendar")
    WorkingWindow = apps.get_model("deadlines", "WorkingWindow")
    DayRule = apps.get_model("deadlines", "DayRule")
    calendar = Calendar.objects.create(name=national.NAME)
    WorkingWindow.objects.bulk_create(
        WorkingWindow(calendar=calendar, weekday=weekday, opens=opens, closes=closes)
        for weekday in national.WEEKDAYS
        for opens, closes in national.HOURS
    )
    DayRule.objects.bulk_create(
        DayRule(calendar=calendar, on=day.on, kind=day.kind.value, name=day.name, ground=day.ground)
        for day in national.DAYS
    )


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0001_initial")]

    operations = [migrations.RunPython(lay_down, migrations.RunPython.noop)]
