"""BPMN DI: where another tool drew each shape and connection."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from motcua.domain.workflow.graph import Box, Line

BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"


def drawn(root: etree._Element) -> tuple[tuple[Box, ...], tuple[Line, ...]]:
    """Return what the first diagram shows, in its order; nothing when there is none."""
    diagram = root.find(f"{{{BPMNDI}}}BPMNDiagram")
    if diagram is None:
        return (), ()
    elements = {element.get("id"): element for element in root.iter(etree.Element) if element.get("id")}
    return tuple(_boxes(diagram, elements)), tuple(_lines(diagram, elements))


def _boxes(diagram: etree._Element, elements: dict[str | None, etree._Element]) -> Iterator[Box]:
    for shape in diagram.iter(f"{{{BPMNDI}}}BPMNShape"):
        bounds = shape.find(f"{{{DC}}}Bounds")
        drawn_of = elements.get(_reference(shape))
        if bounds is None or drawn_of is None:
            continue
        x, y, width, height = (_number(bounds.get(name)) for name in ("x", "y", "width", "height"))
        name = " ".join((drawn_of.get("name") or drawn_of.findtext("{*}text") or "").split())
        yield Box(_reference(shape), x, y, width, height, str(etree.QName(drawn_of).localname), name)


def _lines(diagram: etree._Element, elements: dict[str | None, etree._Element]) -> Iterator[Line]:
    for edge in diagram.iter(f"{{{BPMNDI}}}BPMNEdge"):
        points = tuple((_number(p.get("x")), _number(p.get("y"))) for p in edge.iter(f"{{{DI}}}waypoint"))
        drawn_of = elements.get(_reference(edge))
        if len(points) > 1 and drawn_of is not None:
            yield Line(_reference(edge), points, str(etree.QName(drawn_of).localname))


def _reference(shape: etree._Element) -> str:
    """The id it draws; some tools write it with a prefix, as the qualified name it formally is."""
    return (shape.get("bpmnElement") or "").rpartition(":")[2]


def _number(text: str | None) -> float:
    try:
        number = float(text or 0)
    except ValueError:
        return 0.0
    return number if abs(number) < 1e6 else 0.0
