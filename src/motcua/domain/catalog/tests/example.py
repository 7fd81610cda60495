"""An invented procedure as data."""

from typing import Any

FORM: dict[str, Any] = {
    "key": "dog",
    "title": "Tờ khai đăng ký nuôi chó",
    "sections": [{"key": "dog", "title": "Chó", "pages": [
        {"key": "owner", "heading": "Ai nuôi?", "items": [
            {"key": "owner", "kind": "person", "label": "Chủ nuôi", "required": True},
            {"key": "poor", "kind": "boolean", "label": "Hộ nghèo"},
            {"key": "commune", "kind": "choice", "label": "Xã", "required": True,
             "options": [{"value": "H90.31", "label": "Phường Một"}, {"value": "H90.32", "label": "Xã Hai"}]},
        ]},
        {"key": "dogs", "heading": "Những con nào?", "items": [
            {"key": "dogs", "title": "Chó", "repeat": {"item": "Con chó", "minimum": 1, "maximum": 9}, "fields": [
                {"key": "name", "kind": "text", "label": "Tên", "required": True},
                {"key": "weight", "kind": "number", "label": "Cân nặng", "required": True, "minimum": 1},
            ]},
            {"key": "breeder", "kind": "boolean", "label": "Nuôi để bán"},
        ]},
    ]}],
}  # fmt: skip

LAW = "Luật Thú y 79/2015/QH13"
TARIFF = "Điều 2 Nghị quyết 1/2026/NQ-HĐND"

EDITION: dict[str, Any] = {
    "procedure": "9.000001",
    "valid_from": "2026-07-01",
    "cases": [
        {"key": "breeder", "name": "Nuôi để bán", "condition": "breeder"},
        {"key": "pet", "name": "Nuôi trong nhà"},
    ],
    "components": [
        {"component": {"key": "form", "name": "Tờ khai", "type_code": "TK", "ground": LAW}},
        {"component": {"key": "licence", "name": "Giấy phép kinh doanh", "type_code": "GP"}, "cases": ["breeder"]},
        {"component": {"key": "vaccination", "name": "Sổ tiêm", "type_code": "ST"}, "condition": "size(dogs) > 1"},
    ],
    "channels": [{"way": "online", "level": "full"}, {"way": "direct", "level": "partial"}],
    "limits": [
        {"law": {"amount": 5, "unit": "working_days", "ground": LAW},
         "shortened": {"amount": 3, "unit": "working_days", "ground": LAW}},
        {"case": "breeder", "law": {"amount": 10, "unit": "working_days", "ground": LAW}},
        {"case": "breeder", "way": "online", "law": {"amount": 8, "unit": "working_days", "ground": LAW}},
    ],
    "fees": [
        {"key": "tag", "name": "Lệ phí thẻ", "kind": "charge", "amount": "weight > 20 ? 20000 : 10000",
         "each": "dogs", "ground": TARIFF,
         "exemptions": [{"key": "poor", "name": "Hộ nghèo", "condition": "poor", "percent": 50, "ground": TARIFF}]},
        {"key": "tag", "name": "Lệ phí thẻ (trực tuyến)", "kind": "charge", "way": "online",
         "amount": "5000 * size(dogs)", "ground": TARIFF, "collected_at": "submission"},
        {"key": "visit", "name": "Phí kiểm tra", "kind": "fee", "case": "breeder", "amount": "100000", "ground": TARIFF},
    ],
    "results": [{"key": "card", "name": "Thẻ nuôi chó", "each": "dogs"}],
    "places": [{"name": "competent", "kind": "answer", "area": "commune"},
               {"name": "vet", "kind": "answer", "area": "commune", "codes": {"H90.31": "H90.9", "H90.32": "H90.9"}}],
    "grounds": [{"act": LAW}, {"act": "Nghị quyết 1/2026/NQ-HĐND", "article": "Điều 2"}],
    "decisions": [
        {"kind": "announcement", "number": "1/QĐ", "issued_on": "2026-06-01", "effective_on": "2026-07-01"},
        {"kind": "process", "number": "2/QĐ", "issued_on": "2026-06-01", "effective_on": "2026-07-01"},
    ],
    "retention": {"years": 5, "ground": LAW},
    "process_data": {"many": "size(dogs) > 3"},
    "step_words": {"look": "Đang xem chó"},
    "translations": {"en": {"Nuôi trong nhà": "Pet", "Tờ khai": "Form", "Đang xem chó": "Looking at the dog"}},
}  # fmt: skip

PROCESS = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:m="urn:motcua:process:1" id="d">
  <process id="dog" name="Đăng ký nuôi chó" isExecutable="true">
    <extensionElements><m:process timed="true"><m:variable name="many" type="bool"/>
      <m:place name="competent"/><m:place name="vet"/></m:process></extensionElements>
    <startEvent id="start"/>
    <userTask id="look" name="Xem chó"><extensionElements>
      <m:step kind="appraise" limit="120"><m:who role="appraiser" place="vet"/>
        <m:action key="done" label="Xong" effect="decide" leaves="true"/></m:step></extensionElements></userTask>
    <endEvent id="end"/>
    <sequenceFlow id="a" sourceRef="start" targetRef="look"/>
    <sequenceFlow id="b" sourceRef="look" targetRef="end"/>
  </process>
</definitions>""".encode()
