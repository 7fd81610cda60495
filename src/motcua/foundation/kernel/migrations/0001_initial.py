"""Requests, partitioned by day; a default partition catches what no day was made for."""

import django.db.models
from django.db import migrations, models

SQL = """
CREATE TABLE kernel_request (
    principal varchar(120) NOT NULL,
    request_id varchar(80) NOT NULL,
    day date NOT NULL,
    verb varchar(80) NOT NULL,
    fingerprint bytea NOT NULL,
    outcome varchar(200) NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (principal, request_id, day)
) PARTITION BY RANGE (day);
CREATE TABLE kernel_request_default PARTITION OF kernel_request DEFAULT;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(SQL, "DROP TABLE kernel_request")],
            state_operations=[
                migrations.CreateModel(
                    name="Request",
                    fields=[
                        (
                            "pk",
                            django.db.models.CompositePrimaryKey(
                                "principal",
                                "request_id",
                                "day",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("principal", models.CharField(max_length=120)),
                        ("request_id", models.CharField(max_length=80)),
                        ("day", models.DateField()),
                        ("verb", models.CharField(max_length=80)),
                        ("fingerprint", models.BinaryField(max_length=32)),
                        ("outcome", models.CharField(default="", max_length=200)),
                        ("at", models.DateTimeField()),
                    ],
                    options={"db_table": "kernel_request"},
                )
            ],
        )
    ]
