"""BPMN 2.0 XML in: one process with our extensions becomes a graph; what we do not execute is listed, not lost.

The file's own bytes are kept by whoever publishes it, so nothing another tool wrote is ever dropped.
Reading is safe: no entities, no network, at most 2 MB, 500 nodes, no duplicate ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _
from lxml import etree

from motcua.domain.workflow import diagram, extension
from motcua.domain.workflow.extension import MODEL, local
from motcua.domain.workflow.graph import Flow, Graph, Node, NodeKind, Unsupported
from motcua.domain.workflow.types import BadProcess

MOST_BYTES = 2_000_000
MOST_NODES = 500

_STEPS = frozenset({"task", "userTask", "manualTask"})
# They are executed only when one of our kinds says what they are; scripts of other engines never run.
_STEPS_IF_OURS = frozenset({"serviceTask", "sendTask", "callActivity", "businessRuleTask", "scriptTask"})
_GATEWAYS = {"exclusiveGateway": NodeKind.EXCLUSIVE, "parallelGateway": NodeKind.PARALLEL}
_NODES_WE_SKIP = frozenset(
    [
        "serviceTask",
        "sendTask",
        "callActivity",
        "businessRuleTask",
        "scriptTask",
        "subProcess",
        "adHocSubProcess",
        "transaction",
        "inclusiveGateway",
        "eventBasedGateway",
        "complexGateway",
        "boundaryEvent",
        "intermediateThrowEvent",
        "intermediateCatchEvent",
        "startEvent",
        "endEvent",
        "receiveTask",
        "choreographyTask",
        "subChoreography",
        "callChoreography",
        "implicitThrowEvent",
    ]
)
# Drawing and documentation: they change nothing about who does what next.
_QUIET = frozenset(
    [
        "documentation",
        "extensionElements",
        "laneSet",
        "dataObject",
        "dataObjectReference",
        "dataStoreReference",
        "textAnnotation",
        "association",
        "group",
        "ioSpecification",
        "property",
        "auditing",
        "monitoring",
        "supports",
    ]
)
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")


def read(xml: bytes) -> Graph:
    """Read a BPMN file: its executable process, or its first one.

    Raises BadProcess with a sentence and a line: not XML, entities, too big, no process, an id twice, a flow to
    nowhere, an extension of ours that is misspelt.
    """
    root = _parse(xml)
    process = _process(root)
    _check_ids(root)
    key = process.get("id")
    if not key:
        raise BadProcess(_("Quy trình chưa có mã (thuộc tính id)."), _line(process))
    nodes = tuple(_nodes(process, root))
    if len(nodes) > MOST_NODES:
        raise BadProcess(
            _("Quy trình có %(count)s phần tử; tối đa là %(limit)s.") % {"count": len(nodes), "limit": MOST_NODES}
        )
    flows = tuple(_flows(process, {node.key for node in nodes}))
    ours = extension.process(process)
    boxes, lines = diagram.drawn(root)
    return Graph(
        key=key,
        name=process.get("name") or key,
        nodes=nodes,
        flows=flows,
        variables=ours.variables,
        places=ours.places,
        timed=ours.timed,
        unsupported=tuple(_unsupported(root, process, nodes)),
        boxes=boxes,
        lines=lines,
    )


def _parse(xml: bytes) -> etree._Element:
    if len(xml) > MOST_BYTES:
        raise BadProcess(_("Tệp quy trình lớn hơn 2 MB."))
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise BadProcess(_("Tệp quy trình không được chứa DOCTYPE hay thực thể."))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise BadProcess(_("Tệp không phải là XML đúng chuẩn."), error.lineno or 0) from None
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]  # a parsed tree has its docinfo
        raise BadProcess(_("Tệp quy trình không được chứa DOCTYPE hay thực thể."))
    if root.tag != f"{{{MODEL}}}definitions":
        raise BadProcess(_("Tệp không phải là BPMN 2.0 (phần tử gốc phải là “definitions”)."), _line(root))
    return root


def _process(root: etree._Element) -> etree._Element:
    processes = root.findall(f"{{{MODEL}}}process")
    # A pool drawn as a black box has a process with nothing in it.
    candidates = [p for p in processes if p.find(f"{{{MODEL}}}startEvent") is not None] or processes
    executable = [p for p in candidates if p.get("isExecutable") == "true"]
    if not candidates:
        raise BadProcess(_("Tệp không có quy trình nào."))
    return (executable or candidates)[0]


def _check_ids(root: etree._Element) -> None:
    seen: set[str] = set()
    for element in root.iter(etree.Element):
        key = element.get("id")
        if key is None:
            continue
        if key in seen:
            raise BadProcess(_("Mã “%(key)s” xuất hiện hai lần.") % {"key": key}, _line(element))
        seen.add(key)


def _nodes(process: etree._Element, root: etree._Element) -> Iterator[Node]:
    messages = {m.get("id"): m.get("name") or m.get("id") for m in root.iter(f"{{{MODEL}}}message")}
    for element in process.iterchildren(f"{{{MODEL}}}*"):
        if node := _node(element, messages):
            yield node


def _node(element: etree._Element, messages: dict[str | None, str | None]) -> Node | None:
    kind = local(element)
    name = " ".join((element.get("name") or "").split())
    bare = Node(element.get("id", ""), NodeKind.UNSUPPORTED, name, element=kind, line=_line(element))
    step = extension.step(element)
    if (kind in _STEPS or (kind in _STEPS_IF_OURS and step)) and not _repeats(element):
        return replace(bare, kind=NodeKind.STEP, step=step or extension.foreign_step())
    if kind in _GATEWAYS:
        return replace(bare, kind=_GATEWAYS[kind], default=element.get("default") or "")
    return _event(element, bare, messages) or (bare if kind in _NODES_WE_SKIP | _STEPS else None)


def _repeats(element: etree._Element) -> bool:
    """Steps that run several times at once or in a row are not executed yet."""
    marks = ("multiInstanceLoopCharacteristics", "standardLoopCharacteristics")
    return any(element.find(f"{{{MODEL}}}{mark}") is not None for mark in marks)


def _event(element: etree._Element, bare: Node, messages: dict[str | None, str | None]) -> Node | None:
    """What an event is for us; None when it is none, or one we do not execute."""
    triggers = [child for child in element.iterchildren(etree.Element) if local(child).endswith("EventDefinition")]
    trigger = local(triggers[0]) if len(triggers) == 1 else "many" if triggers else ""
    match (bare.element, trigger):
        case ("startEvent", "" | "messageEventDefinition"):
            return replace(bare, kind=NodeKind.START)
        case ("endEvent", "" | "terminateEventDefinition"):
            return replace(bare, kind=NodeKind.END, terminates=trigger != "")
        case ("receiveTask", ""):
            return replace(bare, kind=NodeKind.MESSAGE, message=messages.get(element.get("messageRef")) or bare.key)
        case ("intermediateCatchEvent", "messageEventDefinition"):
            message = messages.get(triggers[0].get("messageRef")) or bare.key
            return replace(bare, kind=NodeKind.MESSAGE, message=message)
        case ("intermediateCatchEvent", "timerEventDefinition") if minutes := _minutes(triggers[0]):
            return replace(bare, kind=NodeKind.TIMER, minutes=minutes)
    return None


def _minutes(timer: etree._Element) -> int | None:
    """ISO 8601 durations of days, hours and minutes; dates and cycles are not executed."""
    text = (timer.findtext(f"{{{MODEL}}}timeDuration") or "").strip()
    found = _DURATION.fullmatch(text)
    if not found or not any(found.groups()):
        return None
    days, hours, minutes = (int(part or 0) for part in found.groups())
    return days * 1440 + hours * 60 + minutes


def _flows(process: etree._Element, keys: set[str]) -> Iterator[Flow]:
    for element in process.iterchildren(f"{{{MODEL}}}sequenceFlow"):
        key, source, target = (element.get(name) or "" for name in ("id", "sourceRef", "targetRef"))
        if source not in keys or target not in keys:
            raise BadProcess(_("Luồng “%(key)s” không nối hai phần tử của quy trình.") % {"key": key}, _line(element))
        condition = " ".join((element.findtext(f"{{{MODEL}}}conditionExpression") or "").split())
        yield Flow(key, source, target, condition, " ".join((element.get("name") or "").split()))


def _unsupported(root: etree._Element, process: etree._Element, nodes: tuple[Node, ...]) -> Iterator[Unsupported]:
    for node in nodes:
        if node.kind is NodeKind.UNSUPPORTED:
            yield Unsupported(node.element, node.key, node.name, node.line)
    known = _QUIET | {"sequenceFlow"} | {node.element for node in nodes}
    for element in process.iterchildren(f"{{{MODEL}}}*"):
        if local(element) not in known:
            yield _listed(element)
    for element in root.iterchildren(f"{{{MODEL}}}*"):
        if local(element) == "process" and element is not process:
            yield _listed(element)
    for element in root.iter(f"{{{MODEL}}}messageFlow"):
        yield _listed(element)


def _listed(element: etree._Element) -> Unsupported:
    return Unsupported(local(element), element.get("id") or "", element.get("name") or "", _line(element))


def _line(element: etree._Element) -> int:
    return extension.line(element)
