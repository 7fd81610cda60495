"""A process as frozen data: nodes, flows, what each step asks, and how it was drawn.

Compiled once from BPMN by ``bpmn.read`` and kept as JSON (``kernel.shapes``) beside the file's own bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from motcua.domain.statuses.types import StepKind
from motcua.foundation import expressions
from motcua.foundation.expressions.types import from_name


class NodeKind(StrEnum):
    """What a node does with a token that comes to it."""

    START = "start"
    END = "end"
    STEP = "step"
    EXCLUSIVE = "exclusive"
    PARALLEL = "parallel"
    MESSAGE = "message"
    TIMER = "timer"
    UNSUPPORTED = "unsupported"


class Need(StrEnum):
    """What must come with an action before it is taken."""

    WORDS = "words"
    PAPERS = "papers"
    FILES = "files"
    SIGNATURE = "signature"
    ASSIGNEE = "assignee"
    PASSED = "passed"


class Silence(StrEnum):
    """What a consulted unit's silence means when its limit has passed: it consents, or we go on waiting."""

    CONSENT = "consent"
    WAIT = "wait"


@dataclass(frozen=True)
class Who:
    """Who does a step. The first that can be answered wins; nobody found: the head of the place.

    ``chosen_in``: the officer whom somebody named in that step · ``same_as``: the officer who did that step ·
    ``previous``: the officer who did the step before · ``person``: an officer's id · ``position``: a position's id ·
    ``role`` at a ``place`` (a name that the run fills with an agency and perhaps a department).
    """

    role: str = ""
    place: str = ""
    position: str = ""
    person: str = ""
    chosen_in: str = ""
    same_as: str = ""
    previous: bool = False

    @property
    def is_nobody(self) -> bool:
        return self == Who(place=self.place)


@dataclass(frozen=True)
class Action:
    """One button of a step.

    ``flow`` is the id of the flow it takes, out of the step or out of the exclusive gateway right behind it; empty:
    the conditions decide. ``to`` is the key of an earlier step it returns to. ``effect`` is the name of what the
    owner of the run does besides (``ask_supplement``); an action with an effect and neither ``flow``, ``to`` nor
    ``leaves`` keeps the task open.
    """

    key: str
    label: str
    flow: str = ""
    to: str = ""
    effect: str = ""
    leaves: bool = False
    primary: bool = False
    needs: tuple[Need, ...] = ()

    @property
    def leaves_step(self) -> bool:
        return bool(self.leaves or self.flow or self.to or not self.effect)


@dataclass(frozen=True)
class Must:
    """What must be there before the step may be left forward: form fields, documents, papers, signatures."""

    filled: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()
    issued: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Consultation:
    """What silence means and on which ground (article) the opinion is asked."""

    silence: Silence = Silence.WAIT
    ground: str = ""


@dataclass(frozen=True)
class Step:
    """What a step asks. ``limit_minutes`` are working minutes; ``papers`` are the kinds it may print."""

    kind: StepKind
    who: Who = Who()
    limit_minutes: int | None = None
    status: str = ""
    actions: tuple[Action, ...] = ()
    papers: tuple[str, ...] = ()
    must: Must = Must()
    consultation: Consultation | None = None

    def action(self, key: str) -> Action | None:
        return next((action for action in self.actions if action.key == key), None)


@dataclass(frozen=True)
class Node:
    """A node. ``message`` is what a message wait listens for, ``minutes`` what a timer wait lets pass (elapsed)."""

    key: str
    kind: NodeKind
    name: str = ""
    step: Step | None = None
    default: str = ""
    message: str = ""
    minutes: int = 0
    terminates: bool = False
    element: str = ""
    line: int = 0


@dataclass(frozen=True)
class Flow:
    """A sequence flow; ``condition`` is CEL over the run's data, empty when there is none."""

    key: str
    source: str
    target: str
    condition: str = ""
    name: str = ""


@dataclass(frozen=True)
class Variable:
    """A name that conditions may use, with its type as ``expressions.types.from_name`` reads it."""

    name: str
    type: str


@dataclass(frozen=True)
class Place:
    """A name that the run fills with an agency or a department: ``competent``, ``commune``."""

    name: str
    label: str = ""


@dataclass(frozen=True)
class Unsupported:
    """An element of the file that is kept and shown but not executed."""

    element: str
    key: str
    name: str
    line: int


@dataclass(frozen=True)
class Box:
    """Where a shape was drawn, in the units of the drawing."""

    key: str
    x: float
    y: float
    width: float
    height: float
    element: str = ""
    name: str = ""


@dataclass(frozen=True)
class Line:
    """The bends of a drawn connection."""

    key: str
    points: tuple[tuple[float, ...], ...]
    element: str = ""


@dataclass(frozen=True)
class Graph:
    """A compiled process."""

    key: str
    name: str
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    variables: tuple[Variable, ...] = ()
    places: tuple[Place, ...] = ()
    timed: bool = False
    unsupported: tuple[Unsupported, ...] = ()
    boxes: tuple[Box, ...] = ()
    lines: tuple[Line, ...] = ()

    def node(self, key: str) -> Node:
        """Return the node with this key. Raises KeyError."""
        return self._by_key[key]

    def has(self, key: str) -> bool:
        return key in self._by_key

    def flow(self, key: str) -> Flow | None:
        return self._flows.get(key)

    def out_of(self, key: str) -> tuple[Flow, ...]:
        """Return the flows that leave a node, in the order of the file."""
        return self._out.get(key, ())

    def into(self, key: str) -> tuple[Flow, ...]:
        """Return the flows that come to a node."""
        return self._into.get(key, ())

    @property
    def starts(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes if node.kind is NodeKind.START)

    @property
    def steps(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes if node.kind is NodeKind.STEP)

    def step(self, key: str) -> Step:
        """Return what the step with this key asks. Raises KeyError when there is no such step."""
        step = self.node(key).step
        if step is None:
            raise KeyError(key)
        return step

    @cached_property
    def declared(self) -> dict[str, expressions.Type]:
        """What conditions may name: the variables, the last ``action`` and the last ``answer`` to a consultation."""
        named = {variable.name: from_name(variable.type) for variable in self.variables}
        return named | {"action": expressions.STRING, "answer": expressions.map_of()}

    @cached_property
    def _by_key(self) -> dict[str, Node]:
        return {node.key: node for node in self.nodes}

    @cached_property
    def _flows(self) -> dict[str, Flow]:
        return {flow.key: flow for flow in self.flows}

    @cached_property
    def _out(self) -> dict[str, tuple[Flow, ...]]:
        return {node.key: tuple(f for f in self.flows if f.source == node.key) for node in self.nodes}

    @cached_property
    def _into(self) -> dict[str, tuple[Flow, ...]]:
        return {node.key: tuple(f for f in self.flows if f.target == node.key) for node in self.nodes}
