"""The three classes of table, from which the database's privileges follow (``motcua migrate`` grants them).

The application's role may SELECT and INSERT on append-only tables, do everything on mutable ones and only SELECT
on reference tables, which migrations fill. A test compares the classes with the live grants.
"""

from enum import StrEnum
from typing import ClassVar

from django.db import models

from motcua.foundation.kernel.identifiers import new_id


class TableClass(StrEnum):
    """What the application's role may do with a table."""

    APPEND_ONLY = "SELECT, INSERT"
    MUTABLE = "SELECT, INSERT, UPDATE, DELETE"
    REFERENCE = "SELECT"


class AppendOnly(models.Model):
    """Rows that are written once: history, ledgers, issued papers."""

    table_class: ClassVar[TableClass] = TableClass.APPEND_ONLY
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class Mutable(models.Model):
    """Rows that hold a current state, or that are swept."""

    table_class: ClassVar[TableClass] = TableClass.MUTABLE
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class Reference(models.Model):
    """Rows that only migrations write."""

    table_class: ClassVar[TableClass] = TableClass.REFERENCE
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True
