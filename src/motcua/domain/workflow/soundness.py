"""Plays every course a graph can take, whatever the conditions say, to find branches that wait for ever or double.

A marking is where tokens stand (node, flow they came by). Markings are explored breadth first up to a bound; the
processes of one procedure have a few dozen. Beyond the bound nothing more is claimed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from motcua.domain.workflow.graph import Flow, Graph, NodeKind

MOST_MARKINGS = 5_000

Spot = tuple[str, str]
Marking = tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Joins at which branches may wait for ever, and nodes that two tokens may reach at once."""

    stuck_at: tuple[str, ...]
    twice_at: tuple[str, ...]


def explore(graph: Graph) -> Verdict:
    """Return what can go wrong with parallel branches. The graph has exactly one start."""
    first: Marking = ((graph.starts[0].key, ""),)
    seen = {first}
    todo = deque([first])
    stuck: set[str] = set()
    twice: set[str] = set()
    while todo and len(seen) < MOST_MARKINGS:
        marking = todo.popleft()
        followers = list(_moves(graph, marking))
        if marking and not followers:
            stuck.update(node for node, _came in marking)
        for following in followers:
            doubled = {spot[0] for index, spot in enumerate(following) if spot in following[:index]}
            twice |= doubled
            if not doubled and following not in seen:
                seen.add(following)
                todo.append(following)
    return Verdict(tuple(sorted(stuck)), tuple(sorted(twice)))


def _moves(graph: Graph, marking: Marking) -> Iterator[Marking]:
    """Each marking that follows when one token goes one node further."""
    for index, (key, _came) in enumerate(marking):
        rest: Marking | None = marking[:index] + marking[index + 1 :]
        if _is_join(graph, key):
            rest = _join(graph, key, marking)
        if rest is None:
            continue
        ways = graph.out_of(key)
        for taken in [(way,) for way in ways] if _chooses(graph, key) else [ways]:
            yield _after(graph, rest, taken)


def _after(graph: Graph, rest: Marking, taken: tuple[Flow, ...]) -> Marking:
    """Tokens that reach an end are gone; a terminating end takes all others with it."""
    taken = tuple(_through(graph, flow) for flow in taken)
    targets = [graph.node(flow.target) for flow in taken]
    if any(target.terminates for target in targets):
        return ()
    arrived = [
        (flow.target, flow.key if _is_join(graph, flow.target) else "")
        for flow, target in zip(taken, targets, strict=True)
        if target.kind is not NodeKind.END
    ]
    return tuple(sorted((*rest, *arrived)))


def _through(graph: Graph, flow: Flow) -> Flow:
    """Pass by nodes with one way in and one way out: nothing can be decided, doubled or awaited there."""
    while len(graph.into(flow.target)) == 1 and len(ways := graph.out_of(flow.target)) == 1:
        flow = ways[0]
    return flow


def _is_join(graph: Graph, key: str) -> bool:
    return graph.node(key).kind is NodeKind.PARALLEL and len(graph.into(key)) > 1


def _chooses(graph: Graph, key: str) -> bool:
    """A gateway takes one way; so does a step whose actions name their flows."""
    node = graph.node(key)
    return node.kind is NodeKind.EXCLUSIVE or bool(node.step and all(a.flow or a.to for a in node.step.actions))


def _join(graph: Graph, key: str, marking: Marking) -> Marking | None:
    wanted = {(key, flow.key) for flow in graph.into(key)}
    return tuple(spot for spot in marking if spot not in wanted) if wanted <= set(marking) else None
