"""Another engine as judge: the same random files, the same answers, the same steps ready after each completion."""

from __future__ import annotations

import io
import random

import pytest
from lxml import etree
from SpiffWorkflow import TaskState as SpiffState
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser

from motcua.domain.workflow import bpmn
from motcua.domain.workflow.engine import Leave, Outcome, Start, TokenState, advance
from motcua.domain.workflow.graph import Graph, NodeKind
from motcua.domain.workflow.tests.drawn import BOOLEANS, Random

GRAPHS = 240
MOST_COMPLETIONS = 40


class Ours:
    def __init__(self, graph: Graph, values: dict[str, bool]) -> None:
        self.graph = graph
        self.state = advance(graph, (), Start(), values)

    def ready(self) -> list[str]:
        return sorted(token.node for token in self.state.tokens if token.state is TokenState.ACTIVE)

    def complete(self, key: str, values: dict[str, bool]) -> Outcome:
        number = next(t.number for t in self.state.tokens if t.node == key and t.state is TokenState.ACTIVE)
        self.state = advance(self.graph, self.state.tokens, Leave(number), values)
        return self.state


class Theirs:
    def __init__(self, xml: bytes, values: dict[str, bool]) -> None:
        parser = BpmnParser()
        parser.add_bpmn_xml(etree.parse(io.BytesIO(xml)))
        self.workflow = BpmnWorkflow(parser.get_spec("P"))
        self.set(values)
        self.workflow.do_engine_steps()

    def set(self, values: dict[str, bool]) -> None:
        """Data lie on every task there; ours lie once on the run."""
        for task in self.workflow.get_tasks():
            task.data.update(values)

    def ready(self) -> list[str]:
        return sorted(task.task_spec.name for task in self.workflow.get_tasks(state=SpiffState.READY, manual=True))

    def complete(self, key: str, values: dict[str, bool]) -> None:
        task = next(
            task for task in self.workflow.get_tasks(state=SpiffState.READY, manual=True) if task.task_spec.name == key
        )
        self.set(values)
        task.run()
        self.workflow.do_engine_steps()


@pytest.mark.parametrize("seeds", [range(start, start + 40) for start in range(0, GRAPHS, 40)], ids=str)
def test_the_same_steps_are_ready(seeds: range) -> None:
    completions = joins = 0
    for seed in seeds:
        xml = Random(seed).bpmn()
        graph = bpmn.read(xml)
        dice = random.Random(seed)
        values = dict.fromkeys(BOOLEANS, False)
        ours, theirs = Ours(graph, values), Theirs(xml, values)
        joins += sum(node.kind is NodeKind.PARALLEL for node in graph.nodes)
        for _ in range(MOST_COMPLETIONS):
            assert ours.ready() == theirs.ready(), f"seed {seed}"
            if not ours.ready():
                break
            key = dice.choice(ours.ready())
            values = {name: dice.random() < 0.4 for name in BOOLEANS}
            ours.complete(key, values)
            theirs.complete(key, values)
            completions += 1
        else:
            continue
        assert ours.state.ended == "Finish", f"seed {seed}"
        assert theirs.workflow.completed, f"seed {seed}"
    assert completions > 100
    assert joins > 10
