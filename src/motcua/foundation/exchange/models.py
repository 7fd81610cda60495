"""Outgoing messages and their lanes, incoming messages, the log of connections."""

from django.db import models

from motcua.foundation.exchange.types import MessageState
from motcua.foundation.kernel.tables import AppendOnly, Mutable


class Message(Mutable):
    """One outgoing message; its body is encrypted. ``place`` orders the messages of one (system, subject)."""

    system = models.CharField(max_length=40)
    kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    place = models.IntegerField()
    sealed = models.BinaryField()
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in MessageState])
    attempts = models.IntegerField(default=0)
    why = models.CharField(max_length=1000, default="")
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=120, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "subject_id", "place"], name="exchange_message_place")]
        indexes = [
            models.Index(
                fields=["system", "subject_id", "place"],
                name="exchange_message_waiting",
                condition=models.Q(state=MessageState.WAITING),
            )
        ]


class Lane(Mutable):
    """The messages of one (system, subject) that wait: when to try, who has the lease, whether somebody must look."""

    system = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    last_place = models.IntegerField(default=0)
    has_work = models.BooleanField(default=True)
    next_try_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    parked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "subject_id"], name="exchange_lane_one")]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                name="exchange_lane_ready",
                condition=models.Q(has_work=True, parked_at__isnull=True),
            )
        ]


class Inbound(Mutable):
    """One message from outside, taken once; handled like an event."""

    system = models.CharField(max_length=40)
    remote_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=60)
    sealed = models.BinaryField()
    fingerprint = models.BinaryField(max_length=32)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "remote_id"], name="exchange_inbound_once")]


class Connection(AppendOnly):
    """The log of connections: which system, which kind, how long, what came of it; kept at least a year."""

    system = models.CharField(max_length=40)
    kind = models.CharField(max_length=60)
    direction = models.CharField(max_length=3)
    subject_id = models.UUIDField(null=True)
    message_id = models.UUIDField(null=True)
    at = models.DateTimeField(db_index=True)
    milliseconds = models.IntegerField()
    outcome = models.CharField(max_length=20)
    said = models.CharField(max_length=1000, default="")
