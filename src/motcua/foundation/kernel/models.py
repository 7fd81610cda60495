"""The table of requests that happened; see ``requests``."""

from typing import ClassVar

from django.db import models

from motcua.foundation.kernel.tables import TableClass


class Request(models.Model):
    """One request id of one principal: what was asked (digest) and what came of it (a reference).

    Partitioned by day in the database (``motcua.running.partitions`` makes the days ahead), so that old requests
    leave by dropping a table. The primary key holds the day because a partitioned key must.
    """

    table_class: ClassVar[TableClass] = TableClass.MUTABLE
    pk = models.CompositePrimaryKey("principal", "request_id", "day")
    principal = models.CharField(max_length=120)
    request_id = models.CharField(max_length=80)
    day = models.DateField()
    verb = models.CharField(max_length=80)
    fingerprint = models.BinaryField(max_length=32)
    outcome = models.CharField(max_length=200, default="")
    at = models.DateTimeField()

    class Meta:
        db_table = "kernel_request"
