"""Real commits: two people at the same task, and random days at the office."""

from __future__ import annotations

import threading
from contextlib import nullcontext
from uuid import UUID

import pytest
from django.db import connections
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from motcua.domain.workflow import bpmn, commands, models, queries
from motcua.domain.workflow.engine import Leave, Outcome, Retry, Return, Start, TokenState, advance
from motcua.domain.workflow.graph import NodeKind
from motcua.domain.workflow.tests.drawn import BOOLEANS, Random, file, steps
from motcua.domain.workflow.tests.office import SYSTEM, Office, later
from motcua.domain.workflow.tests.test_runs import BRANCHES, ready, start
from motcua.domain.workflow.types import RunState
from motcua.foundation.journal import queries as journal
from motcua.foundation.kernel.errors import Stale, WrongState
from motcua.foundation.kernel.identifiers import new_id


def _at_once(*acts: tuple[UUID, int]) -> list[str]:
    """Complete tasks in threads of their own, as near to the same moment as can be; say how each ended."""
    outcomes: list[str] = []
    gate = threading.Barrier(len(acts))

    def act(task_id: UUID, version: int) -> None:
        try:
            gate.wait()
            commands.complete_task(
                task_id=task_id, action="complete", data={}, expected=version, actor=SYSTEM, at=later(hours=1)
            )
            outcomes.append("done")
        except Stale:
            outcomes.append("stale")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act, args=each) for each in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return sorted(outcomes)


@pytest.mark.usefixtures("committed_database")
def test_two_at_the_same_task_one_wins_and_branches_do_not_disturb_each_other() -> None:
    office, subject = Office(), new_id()
    start(office, BRANCHES, subject)
    (task,) = queries.open_tasks(subject)
    assert _at_once(*[(task.id, task.version)] * 3) == ["done", "stale", "stale"]
    assert ready(subject) == ["B", "C"]
    both = [(task.id, task.version) for task in queries.open_tasks(subject)]
    assert _at_once(*both, *both) == ["done", "done", "stale", "stale"]
    assert ready(subject) == ["D"], "the join fired once"
    (task,) = queries.open_tasks(subject)
    assert _at_once(*[(task.id, task.version)] * 2) == ["done", "stale"]
    kinds = [event.kind for event in journal.history(subject)]
    assert kinds.count("task.completed") == 4
    assert kinds.count("run.ended") == 1


@pytest.mark.usefixtures("committed_database")
def test_two_administrators_publishing_at_once_make_two_versions() -> None:
    gate = threading.Barrier(2)

    def publish(key: str) -> None:
        try:
            gate.wait()
            commands.publish_process(key="p", bpmn=file(steps(key)), actor=SYSTEM, at=later())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=publish, args=[key]) for key in ("A", "B")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert [process.version for process in queries.processes()] == [2, 1]


class AnyDay(RuleBasedStateMachine):
    """Whatever people do, in whatever order: the engine alone, on random processes."""

    def __init__(self) -> None:
        super().__init__()
        self.outcome = Outcome(())
        self.visited: dict[int, set[str]] = {}
        self.ends = 0

    @precondition(lambda self: not any(token.is_live for token in self.outcome.tokens))
    @rule(seed=st.integers(0, 10_000))
    def begin(self, seed: int) -> None:
        self.visited, self.ends = {}, 0
        self.graph = bpmn.read(Random(seed).bpmn())
        self.values = dict.fromkeys(BOOLEANS, False)
        self.keep(advance(self.graph, (), Start(), self.values))

    def keep(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.ends += outcome.ended is not None
        for number in outcome.opened:
            self.visited.setdefault(number, set()).add(outcome.token(number).node)

    def standing(self, state: TokenState) -> list[int]:
        return [token.number for token in self.outcome.tokens if token.state is state]

    @precondition(lambda self: self.standing(TokenState.ACTIVE))
    @rule(data=st.data(), values=st.fixed_dictionaries({name: st.booleans() for name in BOOLEANS}), lose=st.booleans())
    def complete(self, data: st.DataObject, values: dict[str, bool], lose: bool) -> None:
        number = data.draw(st.sampled_from(self.standing(TokenState.ACTIVE)))
        given = {} if lose else values
        first = advance(self.graph, self.outcome.tokens, Leave(number), given)
        again = advance(self.graph, self.outcome.tokens, Leave(number), given)
        assert first == again, "the same move twice gives the same result"
        self.keep(first)

    @precondition(lambda self: self.standing(TokenState.ACTIVE))
    @rule(data=st.data())
    def go_back(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(self.standing(TokenState.ACTIVE)))
        to = data.draw(st.sampled_from([node.key for node in self.graph.steps]))
        seen = {number: frozenset(nodes) for number, nodes in self.visited.items()}
        try:
            self.keep(advance(self.graph, self.outcome.tokens, Return(number, to, seen), {}))
        except WrongState:
            return
        assert to in {self.outcome.token(number).node for number in self.standing(TokenState.ACTIVE)}

    @precondition(lambda self: self.standing(TokenState.PARKED))
    @rule(data=st.data(), values=st.fixed_dictionaries({name: st.booleans() for name in BOOLEANS}))
    def retry(self, data: st.DataObject, values: dict[str, bool]) -> None:
        number = data.draw(st.sampled_from(self.standing(TokenState.PARKED)))
        self.keep(advance(self.graph, self.outcome.tokens, Retry(number), values))

    @precondition(lambda self: self.standing(TokenState.ACTIVE))
    @rule(data=st.data())
    def finished_steps_cannot_be_finished_again(self, data: st.DataObject) -> None:
        done = [token.number for token in self.outcome.tokens if token.state is not TokenState.ACTIVE]
        if done:
            with pytest.raises(WrongState):
                advance(self.graph, self.outcome.tokens, Leave(data.draw(st.sampled_from(done))), self.values)

    @invariant()
    def nothing_is_lost(self) -> None:
        live = [token for token in self.outcome.tokens if token.is_live]
        assert self.ends == (1 if self.outcome.tokens and not live else 0), "it ends once, when nothing is left"
        for token in live:
            node = self.graph.node(token.node)
            match token.state:
                case TokenState.ACTIVE:
                    assert node.kind is NodeKind.STEP
                case TokenState.WAITING:
                    assert node.kind is NodeKind.PARALLEL
                case TokenState.PARKED:
                    assert token.reason
        if live:
            assert any(t.state is not TokenState.WAITING for t in live), "somebody can act"


def test_no_token_is_lost_on_any_day() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        AnyDay, settings=settings(max_examples=120, stateful_step_count=25, deadline=None)
    )


class AnyDayAtTheOffice(RuleBasedStateMachine):
    """The same through the commands and the tables."""

    office: Office

    def __init__(self) -> None:
        super().__init__()
        self.subject = new_id()
        start(self.office, BRANCHES, self.subject)

    @property
    def run(self) -> models.Run:
        return models.Run.objects.get(subject_id=self.subject)

    @rule(data=st.data(), stale=st.booleans())
    def complete(self, data: st.DataObject, stale: bool) -> None:
        if tasks := queries.open_tasks(self.subject):
            task = data.draw(st.sampled_from(tasks))
            expected = task.version + 1 if stale else task.version
            refused = pytest.raises((Stale, WrongState)) if stale or self.run.state == RunState.HELD else nullcontext()
            with refused:
                commands.complete_task(
                    task_id=task.id, action="complete", data={}, expected=expected, actor=SYSTEM, at=later(hours=1)
                )

    @rule(data=st.data())
    def send_back(self, data: st.DataObject) -> None:
        tasks = [task for task in queries.open_tasks(self.subject) if queries.returnable(task.id)]
        if tasks and self.run.state == RunState.RUNNING:
            task = data.draw(st.sampled_from(tasks))
            to = data.draw(st.sampled_from(queries.returnable(task.id)))
            commands.return_task(
                task_id=task.id, to=to.node, words="Làm lại", expected=None, actor=SYSTEM, at=later(hours=1)
            )

    @rule()
    def hold_or_release(self) -> None:
        run = self.run
        if run.state == RunState.RUNNING:
            commands.hold_run(run_id=run.id, reason="Chờ", actor=SYSTEM, at=later(hours=1))
        elif run.state == RunState.HELD:
            commands.release_run(run_id=run.id, actor=SYSTEM, at=later(hours=2))

    @invariant()
    def rows_agree(self) -> None:
        run = self.run
        live = list(run.tokens.exclude(state=TokenState.DONE))
        open_tasks = list(run.tasks.filter(closed_at__isnull=True))
        assert (run.state == RunState.ENDED) == (not live) == (not open_tasks)
        assert {t.token_id for t in open_tasks} == {t.id for t in live if t.state == TokenState.ACTIVE}
        assert [t.node for t in open_tasks] == [t.token.node for t in open_tasks]
        ended = [event for event in journal.history(self.subject) if event.kind == "run.ended"]
        assert len(ended) == (run.state == RunState.ENDED)


@pytest.mark.django_db
def test_rows_agree_on_any_day(office: Office) -> None:
    AnyDayAtTheOffice.office = office
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        AnyDayAtTheOffice,
        settings=settings(
            max_examples=8, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
