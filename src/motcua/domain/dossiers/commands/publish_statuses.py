"""Publish a catalogue of legal statuses against what dossiers and processes really do.

Only here both are seen: the lifecycle's moves and the flows of every published process (domain.md, States).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from motcua.domain.dossiers.lifecycle import MOVES
from motcua.domain.statuses import commands as statuses
from motcua.domain.statuses.catalogue import Catalogue
from motcua.domain.statuses.types import CatalogueInfo, Flow, Move, State, StepKind
from motcua.domain.workflow import queries as workflow
from motcua.domain.workflow.graph import Graph, NodeKind
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.organisation import access as rights
from motcua.foundation.organisation.types import Capability


def publish_statuses(*, catalogue: Catalogue, actor: Actor, at: datetime) -> CatalogueInfo:
    """Put the catalogue in force. Raises Invalid with a sentence for every arrow that it forbids and work needs."""
    rights.require(actor, Capability.ADMINISTER_EDITIONS, on=local(at).date())
    return statuses.publish_catalogue(
        catalogue=catalogue, moves=tuple(moves()), flows=tuple(flows()), actor=actor, at=at
    )


def moves() -> Iterator[Move]:
    """Yield every move of the lifecycle; a declined stop may lead back to any state it came from."""
    for name, move in MOVES.items():
        targets = [move.to] if move.to is not None else sorted(MOVES["ask_stop"].start)
        for source in sorted(move.start):
            yield from (Move(name, State(source), State(target)) for target in targets)


def flows() -> Iterator[Flow]:
    """Yield which kind of step follows which, in the newest version of every process."""
    newest: dict[str, Graph] = {}
    for version in workflow.processes():
        if version.key not in newest:
            newest[version.key] = workflow.graph(version.id)
    for key, graph in newest.items():
        pairs = {(step.step.kind, kind) for step in graph.steps if step.step for kind in _kinds_after(graph, step.key)}
        yield from (Flow(key, source, target) for source, target in sorted(pairs))


def _kinds_after(graph: Graph, key: str) -> Iterator[StepKind]:
    waiting, seen = [flow.target for flow in graph.out_of(key)], {key}
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        seen.add(at)
        node = graph.node(at)
        if node.kind is NodeKind.STEP and node.step is not None:
            yield node.step.kind
        else:
            waiting += [flow.target for flow in graph.out_of(at)]
