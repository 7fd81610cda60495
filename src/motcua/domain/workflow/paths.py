"""Ways through a graph: what can be reached, loops, the longest way. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from motcua.domain.workflow.graph import Graph, NodeKind


@dataclass(frozen=True, slots=True)
class Way:
    """The steps of a way and the sum of their limits in working minutes."""

    minutes: int
    steps: tuple[str, ...]


def reachable(graph: Graph, origins: Iterable[str], *, backwards: bool = False) -> frozenset[str]:
    """Return the nodes that can be reached, by flows and by the returns that actions name."""
    nexts = _nexts(graph)
    if backwards:
        turned: dict[str, list[str]] = {node.key: [] for node in graph.nodes}
        for source, targets in nexts.items():
            for target in targets:
                turned[target].append(source)
        nexts = turned
    seen = set(origins)
    todo = list(seen)
    while todo:
        for key in nexts[todo.pop()]:
            if key not in seen:
                seen.add(key)
                todo.append(key)
    return frozenset(seen)


def _nexts(graph: Graph) -> dict[str, list[str]]:
    nexts = {node.key: [flow.target for flow in graph.out_of(node.key)] for node in graph.nodes}
    for node in graph.steps:
        if node.step:
            nexts[node.key] += [action.to for action in node.step.actions if action.to and graph.has(action.to)]
    return nexts


def loops_without_step(graph: Graph) -> Iterator[str]:
    """Yield one node of each loop in which a token would go round without ever waiting."""
    passing = {n.key for n in graph.nodes if n.kind in (NodeKind.EXCLUSIVE, NodeKind.PARALLEL)}
    nexts = {key: [f.target for f in graph.out_of(key) if f.target in passing] for key in passing}
    _order, back = _depth_first(nexts, sorted(passing))
    yield from sorted({target for _source, target in back})


def forward_flows(graph: Graph) -> tuple[list[str], set[tuple[str, str]]]:
    """Return the nodes in an order in which everything but loops goes forward, and the pairs that go back."""
    nexts = {node.key: [flow.target for flow in graph.out_of(node.key)] for node in graph.nodes}
    origins = [node.key for node in graph.starts] + [node.key for node in graph.nodes]
    return _depth_first(nexts, origins)


def _depth_first(nexts: dict[str, list[str]], origins: Iterable[str]) -> tuple[list[str], set[tuple[str, str]]]:
    """Reverse post-order and back edges, without recursion: files decide how deep a graph is."""
    state: dict[str, int] = {}
    order: list[str] = []
    back: set[tuple[str, str]] = set()
    for origin in origins:
        if origin in state:
            continue
        state[origin] = 1
        stack = [(origin, iter(nexts[origin]))]
        while stack:
            key, targets = stack[-1]
            target = next(targets, None)
            if target is None:
                state[key] = 2
                order.append(key)
                stack.pop()
            elif target not in state:
                state[target] = 1
                stack.append((target, iter(nexts[target])))
            elif state[target] == 1:
                back.add((key, target))
    order.reverse()
    return order, back


def longest(graph: Graph) -> Way:
    """Return the way from start to end whose steps' limits sum up highest; loops are passed once.

    Parallel branches run at the same time, so the longest of them counts (TT11-7.2).
    """
    order, back = forward_flows(graph)
    best: dict[str, Way] = {}
    for key in order:
        came = [best[flow.source] for flow in graph.into(key) if (flow.source, key) not in back and flow.source in best]
        before = max(came, key=lambda way: way.minutes, default=Way(0, ()))
        step = graph.node(key).step
        best[key] = Way(before.minutes + (step.limit_minutes or 0), (*before.steps, key)) if step else before
    return max(best.values(), key=lambda way: way.minutes, default=Way(0, ()))
