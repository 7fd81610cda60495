"""Tables: versions of the catalogue, its statuses, the rules that pick one, the arrows of the diagram."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.domain.statuses.types import Stage, State, StepKind
from motcua.foundation.kernel.tables import AppendOnly


class StatusCatalogue(AppendOnly):
    """A published version; the highest version is in force. What was published is never changed."""

    version = models.PositiveIntegerField(unique=True)
    name = models.CharField(max_length=200)
    published_at = models.DateTimeField()
    publisher_id = models.UUIDField(null=True)


class LegalStatus(AppendOnly):
    """The law's words for a status, per language: {"vi": {"officer", "applicant", "shows"}, "en": …}."""

    catalogue = models.ForeignKey(StatusCatalogue, models.PROTECT, related_name="statuses")
    code = models.CharField(max_length=40)
    stage = models.CharField(max_length=10, choices=[(stage.value, stage.value) for stage in Stage])
    portal_code = models.PositiveSmallIntegerField(null=True)
    rank = models.PositiveSmallIntegerField()
    words = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["catalogue", "code"], name="statuses_code_once"),
            models.CheckConstraint(
                condition=Q(portal_code__isnull=True) | Q(portal_code__range=(1, 10)), name="statuses_portal_code"
            ),
        ]


class Mapping(AppendOnly):
    """In this state, at this kind of step, held by this position, this status shows."""

    catalogue = models.ForeignKey(StatusCatalogue, models.PROTECT, related_name="mappings")
    state = models.CharField(max_length=24)
    step_kind = models.CharField(max_length=20, blank=True)
    position = models.CharField(max_length=80, blank=True)
    status = models.ForeignKey(LegalStatus, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["catalogue", "state", "step_kind", "position"], name="statuses_mapping_once"
            ),
            models.CheckConstraint(condition=Q(state__in=list(State)), name="statuses_mapping_state"),
            models.CheckConstraint(condition=Q(step_kind__in=["", *StepKind]), name="statuses_mapping_step"),
        ]


class Arrow(AppendOnly):
    """A change from one status to another that the diagram allows."""

    catalogue = models.ForeignKey(StatusCatalogue, models.PROTECT, related_name="arrows")
    source = models.ForeignKey(LegalStatus, models.PROTECT, related_name="+")
    target = models.ForeignKey(LegalStatus, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["catalogue", "source", "target"], name="statuses_arrow_once"),
        ]
