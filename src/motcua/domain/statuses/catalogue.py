"""A catalogue of legal statuses as a value: which status shows, which change is allowed. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from motcua.domain.statuses.types import Arrow, LegalStatus, Rule, State, Status, StepKind

LANGUAGE = "vi"


@dataclass(frozen=True)
class Catalogue:
    """Statuses, the rules that pick one, and the diagram of allowed changes."""

    name: str
    statuses: tuple[Status, ...]
    rules: tuple[Rule, ...]
    arrows: tuple[Arrow, ...]

    @cached_property
    def by_code(self) -> dict[str, Status]:
        return {status.code: status for status in self.statuses}

    @cached_property
    def _picked(self) -> dict[tuple[State, StepKind | None, str], str]:
        return {(rule.state, rule.step_kind, rule.position): rule.status for rule in self.rules}

    @cached_property
    def _allowed(self) -> frozenset[tuple[str, str]]:
        return frozenset((arrow.source, arrow.target) for arrow in self.arrows)

    def code_for(self, state: State, step_kind: StepKind | None = None, position: str = "") -> str:
        """The code of the status that shows; the most specific rule wins. Raises KeyError without any rule."""
        for key in ((state, step_kind, position), (state, step_kind, ""), (state, None, "")):
            if (found := self._picked.get(key)) is not None:
                return found
        raise KeyError(state)

    def codes_of(self, state: State) -> set[str]:
        """Every status that a state may show."""
        return {rule.status for rule in self.rules if rule.state is state}

    def highest(self, state: State, steps: Iterable[tuple[StepKind, str]]) -> str:
        """With several active steps (kind, position) the status of the highest rank; without any, the state's."""
        codes = {self.code_for(state, kind, position) for kind, position in steps} or {self.code_for(state)}
        return max(codes, key=lambda code: (self.by_code[code].rank, code))

    def allows(self, source: str, target: str) -> bool:
        """Whether the diagram lets one status follow another; staying is no change."""
        return source == target or (source, target) in self._allowed

    def legal(self, code: str, language: str = LANGUAGE) -> LegalStatus:
        """The status in a language; what is not translated stays Vietnamese."""
        status = self.by_code[code]
        words = status.words.get(language) or status.words[LANGUAGE]
        return LegalStatus(
            code=status.code,
            officer_words=words.officer,
            applicant_words=words.applicant,
            portal_code=status.portal_code,
            rank=status.rank,
            shows=words.shows,
            stage=status.stage,
        )
