"""Chains, events, payloads, lanes, deliveries, seals and the log of reads.

Events and payloads are partitioned by HASH(subject_id) and the log of reads by month; the tables are made by the
hand-written first migration, and a test compares them with these models.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from motcua.foundation.kernel.tables import AppendOnly, TableClass


class Chain(models.Model):
    """The head of a subject's chain; locked first by whoever records about the subject."""

    table_class: ClassVar[TableClass] = TableClass.MUTABLE
    subject_id = models.UUIDField(primary_key=True)
    subject_kind = models.CharField(max_length=40)
    seq = models.IntegerField()
    digest = models.BinaryField(max_length=32)
    recorded_at = models.DateTimeField()
    sealed_seq = models.IntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["subject_id"], name="journal_chain_unsealed", condition=models.Q(seq__gt=models.F("sealed_seq"))
            )
        ]


class Event(models.Model):
    """The header of an event: opaque ids and moments only."""

    table_class: ClassVar[TableClass] = TableClass.APPEND_ONLY
    pk = models.CompositePrimaryKey("subject_id", "seq")
    subject_id = models.UUIDField()
    seq = models.IntegerField()
    subject_kind = models.CharField(max_length=40)
    kind = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=20)
    principal = models.CharField(max_length=120)
    channel = models.CharField(max_length=20)
    request_id = models.CharField(max_length=80)
    account_id = models.UUIDField(null=True)
    party_id = models.UUIDField(null=True)
    acting_for_id = models.UUIDField(null=True)
    officer_id = models.UUIDField(null=True)
    position_id = models.UUIDField(null=True)
    agency_id = models.UUIDField(null=True)
    department_id = models.UUIDField(null=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    payload_digest = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)


class Payload(models.Model):
    """Salt and body of an event, encrypted together, destroyable together."""

    table_class: ClassVar[TableClass] = TableClass.APPEND_ONLY
    pk = models.CompositePrimaryKey("subject_id", "seq")
    subject_id = models.UUIDField()
    seq = models.IntegerField()
    sealed = models.BinaryField()


class Lane(models.Model):
    """Something waits for this handler about this subject; gone when nothing waits."""

    table_class: ClassVar[TableClass] = TableClass.MUTABLE
    pk = models.CompositePrimaryKey("handler", "subject_id")
    handler = models.CharField(max_length=80)
    subject_id = models.UUIDField()
    bulk = models.BooleanField(default=False)
    next_try_at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    parked_at = models.DateTimeField(null=True)
    why = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["bulk", "next_try_at"], name="journal_lane_ready", condition=models.Q(parked_at__isnull=True)
            )
        ]


class Delivery(models.Model):
    """One event on its way to one handler; deleted by the transaction that handles it."""

    table_class: ClassVar[TableClass] = TableClass.MUTABLE
    pk = models.CompositePrimaryKey("handler", "subject_id", "seq")
    handler = models.CharField(max_length=80)
    subject_id = models.UUIDField()
    seq = models.IntegerField()


class Seal(AppendOnly):
    """A Merkle root over the heads that changed, chained to the previous root."""

    number = models.IntegerField(unique=True)
    sealed_at = models.DateTimeField()
    previous_root = models.BinaryField(max_length=32)
    root = models.BinaryField(max_length=32)
    count = models.IntegerField()


class SealStamp(AppendOnly):
    """The RFC 3161 token over a seal's root; a row of its own because it may come later."""

    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")
    token = models.BinaryField()
    stamped_at = models.DateTimeField()


class SealedHead(AppendOnly):
    """A chain's head as a seal holds it; ``position`` is its place among the leaves."""

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")
    position = models.IntegerField()
    subject_id = models.UUIDField(db_index=True)
    seq = models.IntegerField()
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seal", "position"], name="journal_sealedhead_place")]


class ReadLog(models.Model):
    """Who saw whose personal data, on which page, for what purpose."""

    table_class: ClassVar[TableClass] = TableClass.APPEND_ONLY
    pk = models.CompositePrimaryKey("at", "id")
    id = models.UUIDField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=20)
    principal = models.CharField(max_length=120)
    account_id = models.UUIDField(null=True)
    officer_id = models.UUIDField(null=True)
    position_id = models.UUIDField(null=True)
    agency_id = models.UUIDField(null=True)
    request_id = models.CharField(max_length=80)
    page = models.CharField(max_length=200)
    purpose = models.CharField(max_length=200)
    parties = ArrayField(models.UUIDField())
    subjects = ArrayField(models.UUIDField())

    class Meta:
        db_table = "journal_read"
