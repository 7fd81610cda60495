"""Courses played by hand: what the random judge cannot say."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from motcua.domain.workflow import bpmn
from motcua.domain.workflow.engine import Leave, Move, Outcome, Resume, Retry, Return, Start, TokenState, advance
from motcua.domain.workflow.tests.drawn import WHO, file, flow, line, step, steps
from motcua.foundation.kernel.errors import WrongState

PARALLEL = (
    '<bpmn:startEvent id="Start"/><bpmn:endEvent id="End"/>'
    '<bpmn:parallelGateway id="Split"/><bpmn:parallelGateway id="Join"/>'
    + step("A") + step("B1") + step("B2") + step("C") + step("D")
    + flow("Start", "A") + flow("A", "Split") + flow("Split", "B1") + flow("B1", "B2") + flow("B2", "Join")
    + flow("Split", "C") + flow("C", "Join") + flow("Join", "D")
)  # fmt: skip


class Play:
    """One run in memory: moves are named by the step they are made at."""

    def __init__(self, body: str, **values: Any) -> None:
        self.graph = bpmn.read(file(body))
        self.values = values
        self.visited: dict[int, set[str]] = defaultdict(set)
        self.last = Outcome(())
        self.move(Start())

    def move(self, move: Move) -> Outcome:
        self.last = advance(self.graph, self.last.tokens, move, self.values)
        for number in self.last.opened:
            self.visited[number].add(self.last.token(number).node)
        return self.last

    def at(self, node: str, state: TokenState = TokenState.ACTIVE) -> int:
        return next(t.number for t in self.last.tokens if t.node == node and t.state is state)

    def done(self, *nodes: str, flow: str = "", **values: Any) -> Play:
        self.values |= values
        for node in nodes:
            self.move(Leave(self.at(node), flow))
        return self

    def back(self, node: str, to: str) -> Outcome:
        seen = {number: frozenset(nodes) for number, nodes in self.visited.items()}
        return self.move(Return(self.at(node), to, seen))

    @property
    def ready(self) -> str:
        return " ".join(sorted(t.node for t in self.last.tokens if t.state is TokenState.ACTIVE))

    @property
    def parked(self) -> list[str]:
        return [t.reason for t in self.last.tokens if t.state is TokenState.PARKED]


def test_a_line_goes_from_step_to_step_and_ends_once() -> None:
    play = Play(steps("A", "B"))
    assert play.ready == "A"
    assert play.done("A").ready == "B"
    assert play.done("B").last.ended == "End"
    with pytest.raises(WrongState):
        play.move(Leave(1))


def test_a_step_is_left_once() -> None:
    play = Play(PARALLEL + flow("D", "End")).done("A")
    branch = play.at("B1")
    play.done("B1")
    play.done("B2")
    with pytest.raises(WrongState):
        play.move(Leave(branch))
    with pytest.raises(WrongState):
        play.move(Leave(99))


def test_branches_run_side_by_side_and_join() -> None:
    play = Play(PARALLEL + flow("D", "End")).done("A")
    assert play.ready == "B1 C"
    assert play.done("C").ready == "B1"
    assert play.done("B1").ready == "B2"
    assert play.done("B2").ready == "D"
    assert play.done("D").last.ended == "End"


def test_a_parallel_part_may_be_gone_through_again() -> None:
    again = (
        '<bpmn:exclusiveGateway id="X" default="X_End"/>'
        + flow("D", "X") + flow("X", "A", "b1") + flow("X", "End")
    )  # fmt: skip
    play = Play(PARALLEL + again).done("A", "B1", "B2", "C").done("D", b1=True)
    assert play.ready == "A"
    assert play.done("A").ready == "B1 C"
    assert play.done("C").ready == "B1", "the join waits for both branches the second time too"
    assert play.done("B1", "B2").ready == "D"
    assert play.done("D", b1=False).last.ended == "End"


def test_going_back_inside_a_branch_leaves_the_other_alone() -> None:
    play = Play(PARALLEL + flow("D", "End")).done("A", "B1")
    assert play.back("B2", "B1").dropped == ()
    assert play.ready == "B1 C"
    assert play.done("B1", "B2", "C").ready == "D"


def test_going_back_before_the_split_calls_the_other_branch_off() -> None:
    play = Play(PARALLEL + flow("D", "End")).done("A", "B1")
    other = play.at("C")
    assert other in play.back("B2", "A").dropped
    assert play.ready == "A"
    assert play.done("A").ready == "B1 C"
    assert play.done("B1", "B2", "C", "D").last.ended == "End"


def test_one_cannot_go_back_into_a_branch_or_to_what_was_never_passed() -> None:
    play = Play(PARALLEL + flow("D", "End")).done("A", "B1", "B2", "C")
    for never in ("B1", "Split", "nowhere"):
        with pytest.raises(WrongState):
            play.back("D", never)
    assert play.ready == "D"
    assert play.back("D", "A").ended is None
    assert play.ready == "A"


CHOICE = (
    '<bpmn:startEvent id="Start"/><bpmn:endEvent id="Yes"/><bpmn:endEvent id="No"/>'
    '<bpmn:exclusiveGateway id="X"/>' + step("A", WHO) + flow("Start", "A") + flow("A", "X")
)


def test_the_action_may_name_the_flow_behind_the_gateway() -> None:
    both = flow("X", "Yes") + flow("X", "No")
    assert Play(CHOICE + both).done("A", flow="X_Yes").last.ended == "Yes"
    assert Play(CHOICE + both).done("A", flow="X_No").last.ended == "No"


def test_a_condition_without_its_value_parks_and_goes_on_when_told() -> None:
    play = Play(CHOICE + flow("X", "Yes", "b1") + flow("X", "No", "!b1")).done("A")
    assert play.ready == ""
    assert "b1" in play.parked[0]
    assert play.last.ended is None
    play.values["b1"] = False
    assert play.move(Retry(1)).ended == "No"


def test_no_condition_true_and_no_default_parks() -> None:
    play = Play(CHOICE + flow("X", "Yes", "b1") + flow("X", "No", "b2")).done("A", b1=False, b2=False)
    assert play.parked
    play.values["b2"] = True
    assert play.move(Retry(1)).ended == "No"


def test_a_misspelt_condition_parks() -> None:
    assert Play(CHOICE + flow("X", "Yes", "b9") + flow("X", "No", "b1")).done("A", b1=True).parked


def test_branches_that_wait_for_each_other_are_parked_not_lost() -> None:
    body = (
        '<bpmn:startEvent id="Start"/><bpmn:endEvent id="End"/><bpmn:exclusiveGateway id="X" default="X_B"/>'
        '<bpmn:parallelGateway id="J"/>' + step("A") + step("B") + flow("Start", "X") + flow("X", "A", "b1")
        + flow("X", "B") + flow("A", "J") + flow("B", "J") + flow("J", "End")
    )  # fmt: skip
    play = Play(body, b1=True).done("A")
    assert play.parked
    assert play.last.ended is None


def test_a_loop_without_a_step_is_parked() -> None:
    body = (
        '<bpmn:startEvent id="Start"/><bpmn:endEvent id="End"/><bpmn:exclusiveGateway id="M"/>'
        '<bpmn:exclusiveGateway id="X" default="X_End"/>' + step("A") + flow("Start", "A") + flow("A", "M")
        + flow("M", "X") + flow("X", "M", "b1") + flow("X", "End")
    )  # fmt: skip
    assert "đi vòng" in Play(body).done("A", b1=True).parked[0]


def test_an_end_that_terminates_takes_all_branches_with_it() -> None:
    body = (
        '<bpmn:startEvent id="Start"/><bpmn:endEvent id="Kill"><bpmn:terminateEventDefinition id="t"/></bpmn:endEvent>'
        '<bpmn:endEvent id="End"/><bpmn:parallelGateway id="S"/>' + step("A") + step("B") + flow("Start", "S")
        + flow("S", "A") + flow("S", "B") + flow("A", "Kill") + flow("B", "End")
    )  # fmt: skip
    play = Play(body)
    other = play.at("B")
    outcome = play.done("A").last
    assert (outcome.ended, outcome.dropped) == ("Kill", (other,))


def test_branches_without_a_join_end_when_the_last_does() -> None:
    body = (
        '<bpmn:startEvent id="Start"/><bpmn:endEvent id="End"/><bpmn:parallelGateway id="S"/>' + step("A") + step("B")
        + flow("Start", "S") + flow("S", "A") + flow("S", "B") + flow("A", "End") + flow("B", "End")
    )  # fmt: skip
    play = Play(body).done("A")
    assert play.last.ended is None
    assert play.done("B").last.ended == "End"


def test_waits_go_on_when_what_they_wait_for_comes() -> None:
    message = '<bpmn:receiveTask id="M" name="Thuế trả lời"/>'
    timer = (
        '<bpmn:intermediateCatchEvent id="T"><bpmn:timerEventDefinition id="d">'
        "<bpmn:timeDuration>P1DT2H30M</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>"
    )
    play = Play(line(("M", message), ("T", timer), ("A", step("A"))))
    assert play.graph.node("T").minutes == 1440 + 150
    play.move(Resume(play.at("M", TokenState.WAITING)))
    assert play.ready == ""
    play.move(Resume(play.at("T", TokenState.WAITING)))
    assert play.ready == "A"


def test_what_is_not_executed_parks_with_its_name() -> None:
    body = (
        '<bpmn:startEvent id="Start"/><bpmn:inclusiveGateway id="I" name="Chọn nhiều"/><bpmn:endEvent id="End"/>'
        + flow("Start", "I") + flow("I", "End")
    )  # fmt: skip
    assert "Chọn nhiều" in Play(body).parked[0]
