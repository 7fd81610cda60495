"""Tables of organisation. Everything has dates; nothing is deleted."""

from __future__ import annotations

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from motcua.foundation.kernel.tables import Mutable
from motcua.foundation.organisation.types import AgencyKind, Capability, HolderKind, Role, ScopeKind, SigningForm

# QĐ 20/2020/QĐ-TTg Điều 4: at most 35 of A–Z, 0–9 and dots between the levels.
AGENCY_CODE = r"^[A-Z0-9]+(\.[A-Z0-9]+)*$"


def one_of(field: str, words: type[StrEnum]) -> models.CheckConstraint:
    """Let the database refuse a word that the code does not know."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [str(word) for word in words]}), name=f"%(app_label)s_%(class)s_{field}_known"
    )


def ends_after_it_begins() -> models.CheckConstraint:
    """Let the database refuse a last day before the first."""
    return models.CheckConstraint(
        condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="%(app_label)s_%(class)s_dates"
    )


class Dated(Mutable):
    """Something that is true from its first day to its last, both included."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        abstract = True


class Agency(Dated):
    """A body of the state. A closed one names its successor, who then answers for its dossiers."""

    code = models.CharField(max_length=35, unique=True)
    name = models.CharField(max_length=300)
    name_key = models.CharField(max_length=300)
    sort_key = models.CharField(max_length=700)
    kind = models.CharField(max_length=12)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="predecessors")
    address = models.CharField(max_length=500, default="", blank=True)
    phone = models.CharField(max_length=30, default="", blank=True)

    class Meta:
        constraints = [
            one_of("kind", AgencyKind),
            ends_after_it_begins(),
            models.CheckConstraint(condition=Q(code__regex=AGENCY_CODE), name="organisation_agency_code_form"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="organisation_agency_is_not_its_parent"),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | (Q(valid_to__isnull=False) & ~Q(successor=F("id"))),
                name="organisation_agency_successor_of_a_closed_one",
            ),
        ]


class Department(Dated):
    """A division of an agency."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="departments")
    name = models.CharField(max_length=300)

    class Meta:
        constraints = [
            ends_after_it_begins(),
            models.UniqueConstraint(
                fields=["agency", "name"], condition=Q(valid_to__isnull=True), name="organisation_department_once"
            ),
        ]


class Position(Dated):
    """A place to work: a title in an agency or one of its departments, playing one role."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="positions")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="positions")
    title = models.CharField(max_length=200)
    role = models.CharField(max_length=16)

    class Meta:
        constraints = [one_of("role", Role), ends_after_it_begins()]
        indexes = [models.Index(fields=["role", "agency"], name="organisation_position_role")]


class Officer(Mutable):
    """Somebody who works for an agency; the account is how they sign in."""

    account = models.OneToOneField("identity.Account", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="officers")
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=500)
    employee_number = models.CharField(max_length=30, unique=True)
    phone = models.CharField(max_length=30, default="", blank=True)
    email = models.CharField(max_length=254, default="", blank=True)
    created_at = models.DateTimeField()


class Holding(Dated):
    """An officer holds a position; ``delegation`` is the document by which somebody signs KT., TL. or TUQ."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="holdings")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="holdings")
    signing_form = models.CharField(max_length=4, default="", blank=True)
    delegation = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        constraints = [
            one_of("signing_form", SigningForm),
            ends_after_it_begins(),
            models.UniqueConstraint(
                fields=["officer", "position"], condition=Q(valid_to__isnull=True), name="organisation_holding_once"
            ),
        ]


class Group(Mutable):
    """A group of officers that share rights, whatever their positions; it belongs to an agency."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="organisation_group_once")]


class Membership(Dated):
    """An officer is in a group."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="memberships")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="memberships")

    class Meta:
        constraints = [
            ends_after_it_begins(),
            models.UniqueConstraint(
                fields=["group", "officer"], condition=Q(valid_to__isnull=True), name="organisation_membership_once"
            ),
        ]


class Grant(Dated):
    """A right: capability × scope, held through exactly one of role, position, group, officer.

    ``agency`` and ``department`` say where; when they are empty it is where the acting position stands.
    ``procedures`` (codes) narrows it; empty means all.
    """

    holder_kind = models.CharField(max_length=10)
    role = models.CharField(max_length=16, default="", blank=True)
    position = models.ForeignKey(Position, on_delete=models.PROTECT, null=True, related_name="grants")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="grants")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="grants")
    capability = models.CharField(max_length=30)
    scope = models.CharField(max_length=12)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="+")
    procedures = ArrayField(models.CharField(max_length=40), null=True)

    class Meta:
        constraints = [
            one_of("holder_kind", HolderKind),
            one_of("capability", Capability),
            one_of("scope", ScopeKind),
            ends_after_it_begins(),
            models.CheckConstraint(
                condition=(
                    (Q(holder_kind="role") & ~Q(role="") & Q(position=None, group=None, officer=None))
                    | Q(holder_kind="position", role="", position__isnull=False, group=None, officer=None)
                    | Q(holder_kind="group", role="", position=None, group__isnull=False, officer=None)
                    | Q(holder_kind="officer", role="", position=None, group=None, officer__isnull=False)
                ),
                name="organisation_grant_has_one_holder",
            ),
        ]
        indexes = [models.Index(fields=["capability", "role"], name="organisation_grant_lookup")]


class Substitution(Dated):
    """Somebody stands in for somebody: which position, for which procedures, by which document (prepared)."""

    absent = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    substitute = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    capabilities = ArrayField(models.CharField(max_length=30), null=True)
    procedures = ArrayField(models.CharField(max_length=40), null=True)
    document = models.CharField(max_length=300)

    class Meta:
        constraints = [
            ends_after_it_begins(),
            models.CheckConstraint(
                condition=~Q(absent=F("substitute")), name="organisation_substitution_of_somebody_else"
            ),
        ]


class OneStopDesk(Dated):
    """The part of an agency that receives and returns: where it is and when it is open."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="desks")
    name = models.CharField(max_length=300)
    address = models.CharField(max_length=500)
    hours = models.CharField(max_length=300)
    phone = models.CharField(max_length=30, default="", blank=True)

    class Meta:
        constraints = [ends_after_it_begins()]
