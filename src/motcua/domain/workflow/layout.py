"""Where to draw a process that came without a drawing: columns by distance from the start, rows by neighbours. Pure."""

from __future__ import annotations

from motcua.domain.workflow import paths
from motcua.domain.workflow.graph import Box, Graph, Line, Node, NodeKind

COLUMN, ROW, CHANNEL = 200.0, 110.0, 24.0
_SIZES = {NodeKind.STEP: (140.0, 70.0), NodeKind.UNSUPPORTED: (140.0, 70.0)}
_GATEWAY, _EVENT = (46.0, 46.0), (36.0, 36.0)


def lay_out(graph: Graph) -> tuple[tuple[Box, ...], tuple[Line, ...]]:
    """Return a box for every node and a line for every flow."""
    order, back = paths.forward_flows(graph)
    columns = _columns(graph, order, back)
    boxes = {key: _box(graph.node(key), *spot) for key, spot in _spots(graph, columns).items()}
    top = min((box.y for box in boxes.values()), default=0.0)
    bottom = max((box.y + box.height for box in boxes.values()), default=0.0) + 2 * CHANNEL
    lines: list[Line] = []
    for flow in graph.flows:
        source, target = boxes[flow.source], boxes[flow.target]
        if (flow.source, flow.target) in back:
            bottom += CHANNEL
            points = _under(source, target, bottom)
        elif columns[flow.target] - columns[flow.source] > 1:
            top -= CHANNEL
            points = _over(source, target, top)
        else:
            points = _across(source, target)
        lines.append(Line(flow.key, points, "sequenceFlow"))
    return tuple(boxes.values()), tuple(lines)


def _columns(graph: Graph, order: list[str], back: set[tuple[str, str]]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for key in order:
        before = [columns[f.source] for f in graph.into(key) if (f.source, key) not in back and f.source in columns]
        columns[key] = max(before, default=-1) + 1
    return columns


def _spots(graph: Graph, columns: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Column and row of each node: in its column, each goes as near as it can to what it comes from."""
    spots: dict[str, tuple[int, int]] = {}
    for column in range(max(columns.values(), default=-1) + 1):
        taken: set[int] = set()
        here = [key for key in columns if columns[key] == column]
        for key in sorted(here, key=lambda key: _wanted_row(graph, key, spots)):
            row = round(_wanted_row(graph, key, spots))
            while row in taken:
                row += 1
            taken.add(row)
            spots[key] = (column, row)
    return spots


def _wanted_row(graph: Graph, key: str, spots: dict[str, tuple[int, int]]) -> float:
    rows = [
        spots[flow.source][1] + graph.out_of(flow.source).index(flow)
        for flow in graph.into(key)
        if flow.source in spots
    ]
    return sum(rows) / len(rows) if rows else 0.0


def _box(node: Node, column: int, row: int) -> Box:
    is_gateway = node.kind in (NodeKind.EXCLUSIVE, NodeKind.PARALLEL)
    width, height = _SIZES.get(node.kind, _GATEWAY if is_gateway else _EVENT)
    x, y = column * COLUMN + (COLUMN - width) / 2, row * ROW + (ROW - height) / 2
    return Box(node.key, x, y, width, height, node.element, node.name)


def _across(source: Box, target: Box) -> tuple[tuple[float, ...], ...]:
    start = (source.x + source.width, source.y + source.height / 2)
    end = (target.x, target.y + target.height / 2)
    if start[1] == end[1]:
        return (start, end)
    middle = end[0] - (COLUMN - target.width) / 4
    return (start, (middle, start[1]), (middle, end[1]), end)


def _under(source: Box, target: Box, below: float) -> tuple[tuple[float, ...], ...]:
    """A loop back, below everything."""
    start = (source.x + source.width / 2, source.y + source.height)
    end = (target.x + target.width / 2, target.y + target.height)
    return (start, (start[0], below), (end[0], below), end)


def _over(source: Box, target: Box, above: float) -> tuple[tuple[float, ...], ...]:
    """A way that passes columns by, above everything."""
    start = (source.x + source.width / 2, source.y)
    end = (target.x + target.width / 2, target.y)
    return (start, (start[0], above), (end[0], above), end)
