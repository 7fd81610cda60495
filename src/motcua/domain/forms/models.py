"""Tables: published versions of forms, and the answers of subjects."""

from django.db import models
from django.db.models import Q

from motcua.foundation.kernel.tables import AppendOnly, Mutable


class FormVersion(AppendOnly):
    """One version of a form; its content never changes (``types.Form`` as JSON, with its digest)."""

    key = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=500)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="forms_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="forms_version_from_one"),
        ]


class AnswerSet(Mutable):
    """The answers of one subject (a dossier's opaque key): a draft until ``frozen_at``.

    ``touched`` says at which saving each answer last changed, so that two people who answer different questions do
    not stand in each other's way.
    """

    subject_id = models.UUIDField(unique=True)
    form_version = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    values = models.JSONField(default=dict)
    sources = models.JSONField(default=dict)
    touched = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=120, default="", blank=True)  # Actor.principal of the last saving
    frozen_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True, digest="") | (Q(frozen_at__isnull=False) & ~Q(digest="")),
                name="forms_frozen_has_digest",
            ),
        ]
