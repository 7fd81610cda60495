"""Tables: document types, documents and their versions, uses; paper templates, number books, papers."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import Q

from motcua.domain.documents.types import Form, PaperSize, PaperState, UseKind, Validity
from motcua.foundation.kernel.tables import AppendOnly, Mutable


def one_of(field: str, words: type[StrEnum]) -> models.CheckConstraint:
    """Let the database refuse a word that the code does not know."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [str(word) for word in words]}), name=f"%(app_label)s_%(class)s_{field}_known"
    )


class DocumentType(Mutable):
    """A type of document (loại giấy tờ); the code is the national catalogue's or the installation's own."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=500)
    is_active = models.BooleanField(default=True)
    registered_at = models.DateTimeField()


class Document(AppendOnly):
    """A document of its owner; what it says lies in its versions."""

    owner_id = models.UUIDField(db_index=True)
    type = models.ForeignKey(DocumentType, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()


class DocumentVersion(AppendOnly):
    """One fixed version: a file of storage, and the least that is known of it (TT 11/2025/TT-BKHCN 5.1b)."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    file_id = models.UUIDField()
    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=500)
    summary = models.CharField(max_length=1000, default="", blank=True)
    number = models.CharField(max_length=100, default="", blank=True)
    issuer = models.CharField(max_length=300, default="", blank=True)
    issued_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    scope = models.CharField(max_length=300, default="", blank=True)
    source = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "version"], name="documents_version_once")]


class Use(AppendOnly):
    """Something given for a component of a subject: a fixed version, a paper handed over, or data."""

    subject_id = models.UUIDField()
    component_key = models.CharField(max_length=80)
    kind = models.CharField(max_length=8)
    type = models.ForeignKey(DocumentType, models.PROTECT, related_name="+")
    version = models.ForeignKey(DocumentVersion, models.PROTECT, null=True, related_name="+")
    form = models.CharField(max_length=12)
    quantity = models.PositiveIntegerField(default=1)
    data = models.JSONField(null=True)
    source = models.CharField(max_length=120)
    note = models.CharField(max_length=500, default="", blank=True)
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["subject_id"], name="documents_use_subject")]
        constraints = [
            one_of("kind", UseKind),
            one_of("form", Form),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="documents_use_of_something"),
            models.CheckConstraint(
                condition=Q(kind__in=["file", "reused"], version__isnull=False, data__isnull=True)
                | Q(kind="paper", version__isnull=True, data__isnull=True)
                | Q(kind="data", version__isnull=True, data__isnull=False),
                name="documents_use_is_what_it_says",
            ),
        ]


class UseRemoval(AppendOnly):
    """A use that was taken back. Nothing is deleted: the history of a dossier keeps what was once in it."""

    use = models.OneToOneField(Use, models.PROTECT, related_name="removal")
    reason = models.CharField(max_length=500)
    removed_at = models.DateTimeField()
    removed_by = models.CharField(max_length=120)


class PaperTemplate(AppendOnly):
    """One version of how a kind of paper looks. A kind exists because a template of it does."""

    kind = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    symbol = models.CharField(max_length=30, default="", blank=True)
    size = models.CharField(max_length=2)
    source = models.TextField()
    sample = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    is_built_in = models.BooleanField(default=False)
    valid_from = models.DateField()
    note = models.CharField(max_length=500, default="", blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            one_of("size", PaperSize),
            models.UniqueConstraint(fields=["kind", "version"], name="documents_template_version_once"),
        ]


class NumberBook(Mutable):
    """The last number given by an agency in a year for one book (NĐ 30/2020 Điều 15: from 01 each year)."""

    agency_id = models.UUIDField()
    year = models.PositiveIntegerField()
    key = models.CharField(max_length=60)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency_id", "year", "key"], name="documents_one_book_a_year"),
        ]


class Paper(Mutable):
    """A paper we made. A trigger keeps number, date, token and bytes of an issued one (migration 0001)."""

    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    subject_id = models.UUIDField()
    agency_id = models.UUIDField()
    template = models.ForeignKey(PaperTemplate, models.PROTECT, related_name="+")
    data_digest = models.CharField(max_length=64)
    state = models.CharField(max_length=6, default=PaperState.DRAFT)
    validity = models.CharField(max_length=10, default=Validity.IN_FORCE)
    book = models.ForeignKey(NumberBook, models.PROTECT, null=True, related_name="+")
    book_key = models.CharField(max_length=60)
    symbol = models.CharField(max_length=30, default="", blank=True)
    number = models.PositiveIntegerField(null=True)
    number_text = models.CharField(max_length=60, default="", blank=True)
    drafted_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    issued_on = models.DateField(null=True)
    file_id = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    token = models.CharField(max_length=32, unique=True)
    valid_until = models.DateField(null=True)
    scope = models.CharField(max_length=300, default="", blank=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    void_why = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject_id"], name="documents_paper_subject")]
        constraints = [
            one_of("state", PaperState),
            one_of("validity", Validity),
            models.UniqueConstraint(fields=["book", "number"], name="documents_number_once"),
            models.CheckConstraint(
                condition=Q(book__isnull=True, number__isnull=True, number_text="")
                | (Q(book__isnull=False, number__gte=1) & ~Q(number_text="")),
                name="documents_number_has_its_book",
            ),
            models.CheckConstraint(
                condition=~Q(state="issued") | Q(issued_at__isnull=False, issued_on__isnull=False),
                name="documents_issued_has_its_date",
            ),
            models.CheckConstraint(condition=~Q(state="void") | ~Q(void_why=""), name="documents_void_is_explained"),
            models.CheckConstraint(
                condition=~Q(validity="replaced") | Q(replaced_by__isnull=False),
                name="documents_replaced_names_by_what",
            ),
            models.CheckConstraint(
                condition=Q(state="issued") | Q(validity="in_force"), name="documents_only_issued_lose_force"
            ),
        ]
