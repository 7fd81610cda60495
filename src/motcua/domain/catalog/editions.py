"""An edition with its form: what it means for given answers. Pure: no table, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from motcua.domain.catalog import scopes
from motcua.domain.catalog.contents import (
    Case,
    ChannelOffer,
    ComponentRule,
    Due,
    EditionContent,
    EditionId,
    Exemption,
    FeeRule,
    LimitOffer,
    Procedure,
    ResultType,
)
from motcua.domain.catalog.kinds import PlaceKind, ReceiptPolicy, ServiceLevel, way_of
from motcua.domain.documents.types import Component
from motcua.domain.forms import types as forms
from motcua.domain.forms.types import Form
from motcua.foundation.expressions import EvaluationFailed
from motcua.foundation.kernel import shapes
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Missing

# The texts of an edition that people read.
_READ = frozenset({"name", "hint", "note", "summary", "conditions_text", "condition_text", "explanation", "step_words"})


@dataclass(frozen=True)
class Edition:
    """A published edition. Its answers are pure functions of (edition, answers)."""

    id: EditionId
    number: int
    procedure: Procedure
    content: EditionContent
    form: Form
    form_version_id: UUID
    process_version_id: UUID
    published_at: datetime
    digest: str

    def case(self, key: str) -> Case:
        """Return the case of that key. Raises Missing."""
        found = next((case for case in self.content.cases if case.key == key), None)
        if found is None:
            raise Missing(_("Thủ tục này không có trường hợp đó."))
        return found

    def case_for(self, answers: Mapping[str, Any]) -> Case:
        """Return the case these answers fall under. Raises Invalid when they do not tell yet."""
        chosen = answers.get(self.content.case_field) if self.content.case_field else None
        for case in self.content.cases:
            if self.content.case_field and case.key == chosen:
                return case
            if case.condition and self._holds(case.condition, answers):
                return case
        if not self.content.case_field:
            for case in self.content.cases:
                if not case.condition:
                    return case
        raise Invalid((FieldProblem(self.content.case_field, _("Trả lời các câu hỏi để biết trường hợp của bạn.")),))

    def components_for(self, case: str, answers: Mapping[str, Any] | None = None) -> tuple[Component, ...]:
        """Return the components asked in a case: the checklist. Conditional ones need the answers; without answers
        (somebody reads about the procedure) every component the case may ask is listed.
        """
        return tuple(
            rule.component
            for rule in self.content.components
            if (not rule.cases or case in rule.cases)
            and (not rule.condition or answers is None or self._holds(rule.condition, answers, case=case))
        )

    def component_rule(self, key: str) -> ComponentRule | None:
        """Return the rule of a component."""
        return next((rule for rule in self.content.components if rule.component.key == key), None)

    def channel(self, channel: str) -> ChannelOffer | None:
        """Return what is offered through a channel (or way), None when it is closed for this procedure."""
        way = way_of(channel)
        return next((offer for offer in self.content.channels if offer.way is way), None)

    @property
    def level(self) -> ServiceLevel:
        """How far the service goes online: the best of its channels."""
        levels = {offer.level for offer in self.content.channels}
        return next(level for level in ServiceLevel if level in levels or level is ServiceLevel.OTHER)

    def limit_for(self, case: str, channel: str) -> LimitOffer:
        """Return the limit of a case through a channel; the most specific rule wins. Raises Missing."""
        way = way_of(channel)
        fitting = [offer for offer in self.content.limits if offer.case in ("", case) and offer.way in (None, way)]
        if not fitting:
            raise Missing(_("Thủ tục chưa có thời hạn cho trường hợp này."))
        return max(fitting, key=lambda offer: (offer.case != "", offer.way is not None))

    def dues_for(self, case: str, channel: str, answers: Mapping[str, Any], *, quantity: int = 1) -> tuple[Due, ...]:
        """Return what is owed, in whole đồng; dues of 0 stay out. Raises Invalid when an answer is still missing.

        Of rules with the same key the most specific (case, then way) is used, so that the cheaper online fee
        overrules the general one.
        """
        way = way_of(channel)
        chosen: dict[str, FeeRule] = {}
        for rule in self.content.fees:
            if rule.case in ("", case) and rule.way in (None, way):
                before = chosen.get(rule.key)
                if before is None or _specific(rule) > _specific(before):
                    chosen[rule.key] = rule
        beside = {"case": case, "channel": str(way), "quantity": quantity}
        dues = (self._due(rule, answers, beside) for rule in chosen.values())
        return tuple(due for due in dues if due.full_amount)

    def receipt_for(self, case: str) -> ReceiptPolicy:
        """Return whether the receipt is given always or only when asked for."""
        return self.case(case).receipt or self.content.receipt

    def results_for(self, case: str) -> tuple[ResultType, ...]:
        """Return the results a case may end with."""
        return tuple(result for result in self.content.results if not result.cases or case in result.cases)

    def process_data(self, case: str, channel: str, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of the variables the process declares; one that lacks its answer stays out."""
        found: dict[str, Any] = {}
        beside = {"case": case, "channel": str(way_of(channel)), "quantity": 1}
        for name, source in self.content.process_data.items():
            try:
                found[name] = scopes.of_fee(self.form, source).evaluate(scopes.seen(answers) | beside)
            except EvaluationFailed:
                continue
        return found

    def agency_code_for(self, place: str, answers: Mapping[str, Any]) -> str:
        """Return the code of the agency behind a place where the edition itself says it (by code, by an answer);
        empty when it is the receiving agency, a service for an area, or an answer not given yet.
        """
        rule = self.content.place(place)
        if rule is None:
            return ""
        if rule.kind is PlaceKind.ANSWER:
            answer = str(answers.get(rule.area) or "")
            return rule.codes.get(answer, "") if rule.codes else answer
        return rule.code

    def in_language(self, language: str) -> Edition:
        """Return the edition with form and texts in that language; what has no translation stays Vietnamese."""
        words = self.content.translations.get(language)
        content = shapes.translate(self.content, words, _READ) if words else self.content
        return replace(self, content=content, form=forms.translate(self.form, language))

    def step_word(self, step: str) -> str:
        """Return the words an applicant reads for a step, empty when the status says enough."""
        return self.content.step_words.get(step, "")

    def _due(self, rule: FeeRule, answers: Mapping[str, Any], beside: Mapping[str, Any]) -> Due:
        full = sum(self._amounts(rule, answers, beside))
        exemption = next((e for e in rule.exemptions if self._exempts(e, answers, beside)), None)
        waived = full * exemption.percent // 100 if exemption else 0
        return Due(
            key=rule.key,
            name=rule.name,
            kind=rule.kind,
            amount=full - waived,
            collected_at=rule.collected_at,
            ground=rule.ground,
            full_amount=full,
            exemption=exemption.name if exemption else "",
            exemption_ground=exemption.ground if exemption else "",
            explanation=rule.explanation,
        )

    def _amounts(self, rule: FeeRule, answers: Mapping[str, Any], beside: Mapping[str, Any]) -> Iterator[int]:
        expression = scopes.of_fee(self.form, rule.amount, each=rule.each)
        seen = scopes.seen(answers)
        items: Iterable[Mapping[str, Any]] = (answers.get(rule.each) or ()) if rule.each else ({},)
        for item in items:
            try:
                amount = expression.evaluate({**seen, **scopes.seen(item), **beside})
            except EvaluationFailed as failed:
                sentence = _("Chưa tính được “%(fee)s”: hãy trả lời đủ các câu hỏi về số lượng.") % {"fee": rule.name}
                raise Invalid((FieldProblem(rule.key, sentence),)) from failed
            if amount < 0:
                sentence = _("“%(fee)s” tính ra số âm; cần sửa công thức.") % {"fee": rule.name}
                raise Invalid((FieldProblem(rule.key, sentence),))
            yield int(amount)

    def _exempts(self, exemption: Exemption, answers: Mapping[str, Any], beside: Mapping[str, Any]) -> bool:
        try:
            return bool(scopes.of_fee(self.form, exemption.condition).evaluate({**scopes.seen(answers), **beside}))
        except EvaluationFailed:
            return False

    def _holds(self, condition: str, answers: Mapping[str, Any], *, case: str = "") -> bool:
        try:
            return bool(scopes.of_case(self.form, condition).evaluate(scopes.seen(answers) | {"case": case}))
        except EvaluationFailed:
            return False


def _specific(rule: FeeRule) -> tuple[bool, bool]:
    return rule.case != "", rule.way is not None
