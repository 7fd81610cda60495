"""The drawing is a picture that can also be read."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from lxml import etree

from motcua.domain.workflow import bpmn, drawing, layout
from motcua.domain.workflow.graph import Graph
from motcua.domain.workflow.tests.drawn import Random, file, steps

SVG = "{http://www.w3.org/2000/svg}"


def _sample() -> Graph:
    return bpmn.read((Path(__file__).parent / "data" / "land_certificate.bpmn").read_bytes())


def _parsed(text: str) -> etree._Element:
    return etree.fromstring(text.encode())


def test_it_says_where_the_dossier_stands_and_what_is_done() -> None:
    svg = _parsed(drawing.svg(_sample(), active={"Appraise"}, done={"Forward", "Assign"}))
    assert svg.get("role") == "img"
    assert svg.findtext(f"{SVG}title") == "Cấp đổi Giấy chứng nhận quyền sử dụng đất"
    said = svg.findtext(f"{SVG}desc") or ""
    assert "Đang ở: Thẩm định hồ sơ." in said
    assert "Đã qua: Chuyển hồ sơ đến cơ quan giải quyết, Phân công thẩm định." in said
    classes = {g.get("data-node"): g.get("class") for g in svg.iter(f"{SVG}g")}
    assert classes["Appraise"] == "process-node process-node--active"
    assert classes["Assign"] == "process-node process-node--done"
    assert classes["Sign"] == "process-node process-node--idle"


def test_nothing_in_it_needs_a_style_or_a_script() -> None:
    svg = _parsed(drawing.svg(_sample(), active={"Appraise"}))
    assert not [e for e in svg.iter() if "style" in e.attrib or e.tag in (f"{SVG}style", f"{SVG}script")]


def test_names_cannot_break_out() -> None:
    hostile = file(steps("A")).replace(b'name="A"', b'name="&lt;script&gt;\'&quot;"')
    svg = _parsed(drawing.svg(bpmn.read(hostile)))
    assert not list(svg.iter(f"{SVG}script"))
    assert any("<script>" in (span.text or "") for span in svg.iter(f"{SVG}tspan"))


def test_the_authors_places_are_kept() -> None:
    graph = _sample()
    moved = dataclasses.replace(graph, boxes=tuple(dataclasses.replace(b, x=b.x + 1000) for b in graph.boxes))
    circle = next(_parsed(drawing.svg(moved)).iter(f"{SVG}circle"))
    assert float(circle.get("cx", "0")) > 1000


@pytest.mark.parametrize("seed", range(30))
def test_our_own_layout_shows_everything_and_nothing_overlaps(seed: int) -> None:
    graph = bpmn.read(Random(seed).bpmn())
    boxes, lines = layout.lay_out(graph)
    assert {box.key for box in boxes} == {node.key for node in graph.nodes}
    assert {line.key for line in lines} == {flow.key for flow in graph.flows}
    for index, one in enumerate(boxes):
        for other in boxes[index + 1 :]:
            apart = one.x + one.width <= other.x or other.x + other.width <= one.x
            assert apart or one.y + one.height <= other.y or other.y + other.height <= one.y
