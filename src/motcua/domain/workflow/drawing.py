"""A process as SVG, made on the server: as its author drew it when the file says so, laid out by us otherwise.

Readable without seeing it (title and description name the process, where it stands and what is done) and without
colour (an open step has a double border, a done one a tick). No styles inline: the page's style sheet may restyle the
classes ``process-…``; the attributes here are what is seen without one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext as _

from motcua.domain.workflow import layout
from motcua.domain.workflow.graph import Box, Graph, Line

MARGIN = 24.0
LETTER, LEADING = 6.6, 15.0
_INK, _QUIET, _ACTIVE, _DONE = "#0b0c0c", "#505a5f", "#1d70b8", "#00703c"
_FRAMES = frozenset({"participant", "lane", "subProcess", "adHocSubProcess", "transaction", "group"})
# Words over a line stay readable.
_HALO = 'paint-order="stroke" stroke="#ffffff" stroke-width="4" stroke-linejoin="round"'
_MARKS = {"parallelGateway": "+", "inclusiveGateway": "○", "exclusiveGateway": "×", "eventBasedGateway": "◇"}


def svg(graph: Graph, active: Collection[str] = frozenset(), done: Collection[str] = frozenset()) -> str:
    """Return the drawing as one ``<svg>`` element for a page; ``active`` and ``done`` are keys of nodes."""
    boxes, lines = _drawn(graph)
    name = re.sub(r"[^\w-]", "-", graph.key)
    parts = [
        f'<title id="process-{name}-title">{escape(graph.name)}</title>',
        f'<desc id="process-{name}-desc">{escape(_description(graph, active, done))}</desc>',
        '<defs><marker id="process-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7"'
        f' orient="auto"><path d="M0 0 10 5 0 10z" fill="{_QUIET}"/></marker></defs>',
    ]
    frames = sorted((box for box in boxes if box.element in _FRAMES), key=lambda box: -box.width * box.height)
    shapes = [box for box in boxes if box.element not in _FRAMES]
    parts += [_frame(box) for box in frames]
    parts += [_line(graph, line) for line in lines]
    parts += [_shape(box, box.key in active, box.key in done) for box in shapes]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="process-drawing" role="img" {_view(boxes, lines)}'
        f' aria-labelledby="process-{name}-title process-{name}-desc" font-family="inherit" font-size="12">'
        + "".join(parts)
        + "</svg>"
    )


def _drawn(graph: Graph) -> tuple[tuple[Box, ...], tuple[Line, ...]]:
    """The author's drawing, if it shows every node of the process."""
    shown = {box.key for box in graph.boxes}
    if all(node.key in shown for node in graph.nodes):
        return graph.boxes, graph.lines
    return layout.lay_out(graph)


def _description(graph: Graph, active: Collection[str], done: Collection[str]) -> str:
    def names(keys: Collection[str]) -> str:
        return ", ".join(node.name or node.key for node in graph.nodes if node.key in keys)

    steps = names([node.key for node in graph.steps])
    said = [_("Các bước: %(steps)s.") % {"steps": steps}]
    if active:
        said.append(_("Đang ở: %(steps)s.") % {"steps": names(active)})
    if done:
        said.append(_("Đã qua: %(steps)s.") % {"steps": names(done)})
    return " ".join(said)


def _view(boxes: tuple[Box, ...], lines: tuple[Line, ...]) -> str:
    points = [point for line in lines for point in line.points]
    xs = [box.x for box in boxes] + [box.x + box.width for box in boxes] + [point[0] for point in points] or [0.0]
    ys = [box.y for box in boxes] + [box.y + box.height for box in boxes] + [point[1] for point in points] or [0.0]
    width, height = max(xs) - min(xs) + 2 * MARGIN, max(ys) - min(ys) + 3 * MARGIN
    return f'viewBox="{min(xs) - MARGIN:g} {min(ys) - MARGIN:g} {width:g} {height:g}" width="{width:g}" height="{height:g}"'


def _frame(box: Box) -> str:
    place = f'x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}"'
    label = f'<text x="{box.x + 8:g}" y="{box.y + 16:g}" fill="{_QUIET}">{escape(box.name)}</text>' if box.name else ""
    return f'<rect class="process-frame" {place} fill="none" stroke="{_QUIET}"/>{label}'


def _line(graph: Graph, line: Line) -> str:
    points = " ".join(f"{x:g},{y:g}" for x, y in line.points)
    dashes = "" if line.element == "sequenceFlow" else ' stroke-dasharray="5 4"'
    drawn = (
        f'<polyline class="process-flow" points="{points}" fill="none" stroke="{_QUIET}"{dashes}'
        ' marker-end="url(#process-arrow)"/>'
    )
    flow = graph.flow(line.key)
    if flow is None or not flow.name:
        return drawn
    x, y = line.points[0]
    towards = line.points[1]
    x, y = x + (6 if towards[0] >= x else -6), y + (-6 if towards[1] <= y else 16)
    return drawn + f'<text x="{x:g}" y="{y:g}" fill="{_QUIET}" font-size="11" {_HALO}>{escape(flow.name)}</text>'


def _shape(box: Box, active: bool, done: bool) -> str:
    state = "active" if active else "done" if done else "idle"
    colour = {"active": _ACTIVE, "done": _DONE, "idle": _INK}[state]
    tick = (
        f'<text x="{box.x + box.width - 16:g}" y="{box.y + 15:g}" fill="{_DONE}">✓</text>'
        if done and not active
        else ""
    )
    kind = box.element
    if kind.endswith("Gateway"):
        body = _diamond(box, colour, 3 if active else 1.5)
    elif kind.endswith("Event"):
        body = _circle(box, colour, kind)
    else:
        body = _rectangle(box, colour, active, kind)
    return f'<g class="process-node process-node--{state}" data-node={quoteattr(box.key)}>{body}{tick}</g>'


def _rectangle(box: Box, colour: str, active: bool, kind: str) -> str:
    body = _rounded(box, 0, colour, 2 if active else 1.5, "" if "ask" in kind or kind == "callActivity" else "4 3")
    if active:
        body += _rounded(box, 4, colour, 1, "")
    return body + _words(
        box.name or box.key, box.x + box.width / 2, box.y + box.height / 2, box.width - 12, middle=True
    )


def _rounded(box: Box, inset: float, colour: str, stroke: float, dashes: str) -> str:
    fill = "#ffffff" if inset == 0 else "none"
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<rect x="{box.x + inset:g}" y="{box.y + inset:g}" width="{max(box.width - 2 * inset, 1):g}"'
        f' height="{max(box.height - 2 * inset, 1):g}" rx="8" fill="{fill}" stroke="{colour}"'
        f' stroke-width="{stroke:g}"{dashed}/>'
    )


def _diamond(box: Box, colour: str, stroke: float) -> str:
    x, y, right, bottom = box.x, box.y, box.x + box.width, box.y + box.height
    across, down = x + box.width / 2, y + box.height / 2
    points = f"{across:g},{y:g} {right:g},{down:g} {across:g},{bottom:g} {x:g},{down:g}"
    mark = _MARKS.get(box.element, "")
    return (
        f'<polygon points="{points}" fill="#ffffff" stroke="{colour}" stroke-width="{stroke:g}"/>'
        f'<text x="{across:g}" y="{down + 6:g}" text-anchor="middle" font-size="18" fill="{colour}">{mark}</text>'
        + _words(box.name, across, bottom + 14, 140)
    )


def _circle(box: Box, colour: str, kind: str) -> str:
    across, down, radius = box.x + box.width / 2, box.y + box.height / 2, min(box.width, box.height) / 2
    stroke = 3 if kind == "endEvent" else 1.5
    circle = f'<circle cx="{across:g}" cy="{down:g}" r="{radius:g}" fill="#ffffff" stroke="{colour}" stroke-width="{stroke:g}"/>'
    if kind not in ("startEvent", "endEvent"):
        circle += f'<circle cx="{across:g}" cy="{down:g}" r="{max(radius - 3, 1):g}" fill="none" stroke="{colour}"/>'
    return circle + _words(box.name, across, box.y + box.height + 14, 140)


def _words(text: str, x: float, y: float, width: float, *, middle: bool = False) -> str:
    """The text in lines that fit, centred; from ``y`` down, or around it."""
    if not text:
        return ""
    lines = list(_broken(text, max(int(width / LETTER), 6)))[:5]
    top = y - (len(lines) - 1) * LEADING / 2 + 4 if middle else y
    spans = "".join(
        f'<tspan x="{x:g}" y="{top + index * LEADING:g}">{escape(line)}</tspan>' for index, line in enumerate(lines)
    )
    return f'<text text-anchor="middle" fill="{_INK}" {_HALO}>{spans}</text>'


def _broken(text: str, letters: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > letters:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    if line:
        yield line
