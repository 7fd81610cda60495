"""Tables: fields, topics, procedures, legal grounds, and the immutable editions."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from motcua.domain.catalog.kinds import AgencyLevel, ServiceLevel
from motcua.foundation.kernel.tables import AppendOnly, Mutable


class Field(Mutable):
    """A field (lĩnh vực) under its national code."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=300)
    sort_key = models.TextField()


class Topic(Mutable):
    """A topic: a life event of citizens or a need of businesses, under which the portal groups procedures."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=300)
    sort_key = models.TextField()


class Procedure(Mutable):
    """A procedure (TTHC). Its content is in its editions; ``level`` repeats that of the newest for search."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=1000)
    search_key = models.TextField()
    sort_key = models.TextField()
    field = models.ForeignKey(Field, models.PROTECT, related_name="procedures")
    topics = ArrayField(models.CharField(max_length=40), default=list)  # codes of Topic
    agency_level = models.CharField(max_length=20, choices=[(level, level) for level in AgencyLevel])
    subjects = ArrayField(models.CharField(max_length=20), default=list)
    agency_ids = ArrayField(models.UUIDField(), default=list)
    level = models.CharField(max_length=20, default="", blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        indexes = [GinIndex(fields=["agency_ids"], name="catalog_procedure_agencies")]
        constraints = [
            models.CheckConstraint(
                condition=Q(agency_level__in=list(AgencyLevel)), name="catalog_procedure_agency_level"
            ),
            models.CheckConstraint(condition=Q(level__in=["", *ServiceLevel]), name="catalog_procedure_level"),
        ]


class LegalGround(Mutable):
    """An article of an act: its validity, its text if somebody has read it, and whether somebody did in full."""

    act = models.CharField(max_length=100)
    act_name = models.CharField(max_length=500, default="", blank=True)
    article = models.CharField(max_length=100, default="", blank=True)
    text = models.TextField(default="", blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    is_checked = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["act", "article", "valid_from"], nulls_distinct=False, name="catalog_ground_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to")),
                name="catalog_ground_validity",
            ),
        ]


class Edition(AppendOnly):
    """All that was published together about a procedure; it never changes, a new decision makes a new one."""

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    form_version = models.ForeignKey("forms.FormVersion", models.PROTECT, related_name="+")
    process_version = models.ForeignKey("workflow.ProcessVersion", models.PROTECT, related_name="+")
    valid_from = models.DateField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="catalog_edition_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="catalog_edition_from_one"),
        ]
