"""Our extension of BPMN, namespace ``urn:motcua:process:1``: what a step is, who does it, what may be chosen.

Read inside ``bpmn:extensionElements``. Every attribute is checked: a misspelt one is a sentence with a line, never
silently nothing. The vocabulary is written down in ``docs/mechanisms/workflow.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _
from lxml import etree

from motcua.domain.statuses.types import StepKind
from motcua.domain.workflow.graph import Action, Consultation, Must, Need, Place, Silence, Step, Variable, Who
from motcua.domain.workflow.types import BadProcess
from motcua.foundation.expressions.types import from_name
from motcua.foundation.organisation.types import Role

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
OURS = "urn:motcua:process:1"
MOST_MINUTES = 500_000

DONE = Action("complete", "Hoàn thành", primary=True)
_ATTRIBUTES = {
    "process": {"timed"},
    "variable": {"name", "type"},
    "place": {"name", "label"},
    "step": {"kind", "limit", "status"},
    "who": {"role", "place", "position", "person", "chosenIn", "sameAs", "previous"},
    "action": {"key", "label", "flow", "to", "effect", "leaves", "primary", "needs"},
    "paper": {"kind"},
    "must": {"filled", "attached", "issued", "signed"},
    "consultation": {"silence", "ground"},
}
_CHILDREN = {"process": {"variable", "place"}, "step": {"who", "action", "paper", "must", "consultation"}}

Chosen = TypeVar("Chosen", bound=Enum)


def _bad(sentence: str, element: etree._Element) -> BadProcess:
    return BadProcess(sentence, line(element))


@dataclass(frozen=True)
class ProcessExtension:
    """What our extension says of a whole process."""

    timed: bool = False
    variables: tuple[Variable, ...] = ()
    places: tuple[Place, ...] = ()


def local(element: etree._Element) -> str:
    """Return the tag without its namespace."""
    return str(etree.QName(element).localname)


def line(element: etree._Element) -> int:
    """Return the line of the file, 0 when it is not known."""
    known = element.sourceline
    return known if isinstance(known, int) else 0


def process(element: etree._Element) -> ProcessExtension:
    """Return what is said of the process. Raises BadProcess."""
    ours = _ours(element, "process")
    if ours is None:
        return ProcessExtension()
    return ProcessExtension(
        timed=_yes(ours, "timed"),
        variables=tuple(_variable(child) for child in _children(ours, "variable")),
        places=tuple(Place(_required(child, "name"), child.get("label", "")) for child in _children(ours, "place")),
    )


def step(element: etree._Element) -> Step | None:
    """Return what is said of a step, None when nothing is. Raises BadProcess."""
    ours = _ours(element, "step")
    if ours is None:
        return None
    who = _children(ours, "who")
    consultation = _children(ours, "consultation")
    must = _children(ours, "must")
    return Step(
        kind=_one_of(ours, "kind", StepKind),
        who=_who(who[0]) if who else Who(),
        limit_minutes=_limit(ours),
        status=ours.get("status", ""),
        actions=tuple(_action(child) for child in _children(ours, "action")) or (DONE,),
        papers=tuple(_required(child, "kind") for child in _children(ours, "paper")),
        must=_must(must[0]) if must else Must(),
        consultation=_consultation(consultation[0]) if consultation else None,
    )


def foreign_step() -> Step:
    """Return what a task of another tool is to us until somebody says who does it: an appraisal by nobody."""
    return Step(kind=StepKind.APPRAISE, actions=(DONE,))


def _ours(element: etree._Element, tag: str) -> etree._Element | None:
    holder = element.find(f"{{{MODEL}}}extensionElements")
    found = holder.find(f"{{{OURS}}}{tag}") if holder is not None else None
    if found is not None:
        _check(found)
    return found


def _check(element: etree._Element) -> None:
    tag = local(element)
    for name in element.attrib:
        if name not in _ATTRIBUTES[tag]:
            raise _bad(_("Phần tử “%(tag)s” không có thuộc tính “%(name)s”.") % {"tag": tag, "name": name}, element)
    for child in element.iterchildren(etree.Element):
        if etree.QName(child).namespace != OURS or local(child) not in _CHILDREN.get(tag, set()):
            raise _bad(_("“%(child)s” không được nằm trong “%(tag)s”.") % {"child": local(child), "tag": tag}, child)
        _check(child)


def _children(element: etree._Element, tag: str) -> list[etree._Element]:
    return element.findall(f"{{{OURS}}}{tag}")


def _variable(element: etree._Element) -> Variable:
    name, kind = _required(element, "name"), _required(element, "type")
    try:
        from_name(kind)
    except ValueError:
        raise _bad(_("Không có kiểu dữ liệu “%(kind)s”.") % {"kind": kind}, element) from None
    return Variable(name, kind)


def _who(element: etree._Element) -> Who:
    return Who(
        role=_one_of(element, "role", Role) if element.get("role") else "",
        place=element.get("place", ""),
        position=_key(element, "position"),
        person=_key(element, "person"),
        chosen_in=element.get("chosenIn", ""),
        same_as=element.get("sameAs", ""),
        previous=_yes(element, "previous"),
    )


def _action(element: etree._Element) -> Action:
    return Action(
        key=_required(element, "key"),
        label=_required(element, "label"),
        flow=element.get("flow", ""),
        to=element.get("to", ""),
        effect=element.get("effect", ""),
        leaves=_yes(element, "leaves"),
        primary=_yes(element, "primary"),
        needs=tuple(_choose(element, word, Need) for word in _words(element, "needs")),
    )


def _must(element: etree._Element) -> Must:
    return Must(*(_words(element, name) for name in ("filled", "attached", "issued", "signed")))


def _consultation(element: etree._Element) -> Consultation:
    return Consultation(_one_of(element, "silence", Silence), element.get("ground", ""))


def _limit(element: etree._Element) -> int | None:
    text = element.get("limit")
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or not 0 < int(text[:9]) <= MOST_MINUTES:
        raise _bad(_("Thời hạn của bước phải là số phút từ 1 đến %(most)s.") % {"most": MOST_MINUTES}, element)
    return int(text)


def _words(element: etree._Element, name: str) -> tuple[str, ...]:
    return tuple(element.get(name, "").split())


def _key(element: etree._Element, name: str) -> str:
    """An opaque key of an officer or a position, empty when there is none."""
    value = element.get(name, "")
    try:
        return str(UUID(value)) if value else ""
    except ValueError:
        raise _bad(_("“%(name)s” phải là mã định danh của hệ thống.") % {"name": name}, element) from None


def _yes(element: etree._Element, name: str) -> bool:
    value = element.get(name, "false")
    if value not in ("true", "false"):
        raise _bad(_("“%(name)s” phải là true hoặc false.") % {"name": name}, element)
    return value == "true"


def _required(element: etree._Element, name: str) -> str:
    value = element.get(name, "").strip()
    if not value:
        raise _bad(_("Phần tử “%(tag)s” thiếu thuộc tính “%(name)s”.") % {"tag": local(element), "name": name}, element)
    return value


def _one_of(element: etree._Element, name: str, choices: type[Chosen]) -> Chosen:
    return _choose(element, _required(element, name), choices)


def _choose(element: etree._Element, value: str, choices: type[Chosen]) -> Chosen:
    try:
        return choices(value)
    except ValueError:
        allowed = ", ".join(str(choice.value) for choice in choices)
        raise _bad(
            _("Không có giá trị “%(value)s”; được dùng: %(allowed)s.") % {"value": value, "allowed": allowed}, element
        ) from None
