"""Notices in accounts; what went out by mail and SMS lies in ``exchange``."""

from django.db import models
from django.db.models import Q

from motcua.foundation.kernel.tables import Mutable


class Notice(Mutable):
    """One notice to a party (citizen, company) or to an officer; the same event tells nobody twice."""

    party = models.ForeignKey("identity.Party", on_delete=models.PROTECT, related_name="+", null=True)
    officer = models.ForeignKey("organisation.Officer", on_delete=models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    body = models.TextField()
    subject_id = models.UUIDField()
    seq = models.IntegerField()
    written_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(party__isnull=False) ^ Q(officer__isnull=False), name="notices_notice_one_receiver"
            ),
            models.UniqueConstraint(
                fields=["subject_id", "seq", "party"],
                condition=Q(party__isnull=False),
                name="notices_notice_party_once",
            ),
            models.UniqueConstraint(
                fields=["subject_id", "seq", "officer"],
                condition=Q(officer__isnull=False),
                name="notices_notice_officer_once",
            ),
        ]
        indexes = [
            models.Index(fields=["party", "-written_at"], name="notices_notice_party"),
            models.Index(fields=["officer", "-written_at"], name="notices_notice_officer"),
        ]


class Wording(Mutable):
    """An installation's own words for a kind of notice; without a row the built-in words are used."""

    kind = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=300)
    body = models.TextField()
    sms = models.CharField(max_length=480, default="")
