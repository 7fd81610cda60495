"""Dossiers and what only dossiers know; answers, papers, money, clocks and runs lie in their own rooms."""

from django.db import models
from django.db.models import Q

from motcua.domain.catalog.types import ReceptionChannel
from motcua.domain.dossiers.types import AskKind, Outcome, ResultStage, ReturnWay
from motcua.domain.statuses.types import State
from motcua.foundation.kernel.tables import AppendOnly, Mutable


class Dossier(Mutable):
    """One request to the state, pinned to its edition.

    Re-computable from events: ``state``, ``due_at``, ``promised_at``, ``finished_at``. ``owner_name``, ``summary`` and
    ``search_key`` are what lists show and search; they are copied at submission and never decide anything.
    """

    code = models.CharField(max_length=60, unique=True, null=True)
    version = models.IntegerField(default=1)
    state = models.CharField(max_length=24, choices=[(s.value, s.value) for s in State], default=State.DRAFT)
    edition = models.ForeignKey("catalog.Edition", on_delete=models.PROTECT, related_name="+")
    procedure_code = models.CharField(max_length=40)
    case_key = models.CharField(max_length=60, default="")
    channel = models.CharField(max_length=20, choices=[(c.value, c.value) for c in ReceptionChannel])
    desk_agency = models.ForeignKey("organisation.Agency", on_delete=models.PROTECT, related_name="+")
    competent_agency = models.ForeignKey("organisation.Agency", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("identity.Party", on_delete=models.PROTECT, related_name="+")
    submitter = models.ForeignKey("identity.Party", on_delete=models.PROTECT, related_name="+")
    owner_name = models.CharField(max_length=300, default="")
    summary = models.CharField(max_length=1000, default="")
    search_key = models.TextField(default="")
    sealed_secret = models.BinaryField(null=True)
    remote_system = models.CharField(max_length=40, default="")
    remote_id = models.CharField(max_length=120, default="")
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    promised_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    discarded_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=2000, default="")
    outcome = models.CharField(max_length=10, choices=[(o.value, o.value) for o in Outcome], default="")
    state_before_stop_asked = models.CharField(max_length=24, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.DRAFT) | Q(code__isnull=False), name="dossiers_dossier_code_unless_draft"
            ),
            models.UniqueConstraint(
                fields=["remote_system", "remote_id"], condition=~Q(remote_id=""), name="dossiers_dossier_remote_once"
            ),
        ]
        indexes = [
            models.Index(fields=["desk_agency", "state", "submitted_at"], name="dossiers_desk_queue"),
            models.Index(fields=["competent_agency", "state", "due_at"], name="dossiers_competent_queue"),
            models.Index(fields=["owner", "created_at"], name="dossiers_owner"),
            models.Index(fields=["submitter", "created_at"], name="dossiers_submitter"),
        ]


class Participant(Mutable):
    """Somebody with a part: submitter, owner, or a role the edition defines; may not exist in law yet."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="participants")
    role = models.CharField(max_length=40)
    party = models.ForeignKey("identity.Party", on_delete=models.PROTECT, related_name="+", null=True)
    name = models.CharField(max_length=300)
    note = models.CharField(max_length=300, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "role", "party"], name="dossiers_participant_once"),
        ]


class CodeCounter(Mutable):
    """The last number of an agency's day; the row is locked last before the journal."""

    agency = models.ForeignKey("organisation.Agency", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "day"], name="dossiers_codecounter_day")]


class Ask(Mutable):
    """Waiting for the applicant: what, why, how, until when, and what came of it."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in AskKind])
    number = models.IntegerField()
    content = models.TextField()
    reason = models.TextField()
    guidance = models.TextField()
    items = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True)
    window_due_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    paper_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "kind", "number"], name="dossiers_ask_number"),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(answered_at__isnull=True), name="dossiers_ask_one_open"
            ),
        ]


class Inspection(AppendOnly):
    """An inspection on the spot: time, place, who took part, what was found (NĐ 61/2018 Điều 19 khoản 3)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    number = models.IntegerField()
    inspected_at = models.DateTimeField()
    place = models.CharField(max_length=500)
    team = models.JSONField(default=list)
    findings = models.TextField()
    passed = models.BooleanField()
    to_mend = models.TextField(default="")
    mend_until = models.DateField(null=True)
    decision_number = models.CharField(max_length=80, default="")
    paper_id = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "number"], name="dossiers_inspection_number")]


class Result(Mutable):
    """The paper that answers the request on its way from draft to seal."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=[(o.value, o.value) for o in Outcome])
    type_code = models.CharField(max_length=60)
    paper_id = models.UUIDField(unique=True)
    stage = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ResultStage])
    data = models.JSONField(default=dict)
    signing_request_id = models.UUIDField(null=True)
    task_id = models.UUIDField(null=True)
    problem = models.CharField(max_length=1000, default="")
    drafted_at = models.DateTimeField()
    drafted_by = models.UUIDField(null=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(replaced_at__isnull=True), name="dossiers_result_one_current"
            )
        ]


class Return(AppendOnly):
    """The return that every ending owes: who took what, when, how, with which proof of identity."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=10, choices=[(w.value, w.value) for w in ReturnWay])
    returned_at = models.DateTimeField()
    receiver_name = models.CharField(max_length=300)
    sealed_identity = models.BinaryField(null=True)
    is_owner = models.BooleanField()
    authority = models.CharField(max_length=500, default="")
    authority_file_id = models.UUIDField(null=True)
    originals = models.JSONField(default=list)
    receipt_lost = models.BooleanField(default=False)
    fee_receipt = models.CharField(max_length=60, default="")
    note = models.CharField(max_length=1000, default="")
    recorded_by = models.UUIDField(null=True)
