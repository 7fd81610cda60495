"""Makes BPMN files for tests: by hand in a line, or at random from structured blocks."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from itertools import pairwise

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:mc="urn:motcua:process:1"'
    ' id="Definitions" targetNamespace="urn:test">'
)
WHO = '<mc:who role="appraiser" place="office"/>'
BOOLEANS = ("b1", "b2", "b3")


def file(body: str, *, process: str = "") -> bytes:
    """Wrap elements into a file; the process has the place ``office`` and booleans b1 to b3."""
    variables = "".join(f'<mc:variable name="{name}" type="bool"/>' for name in BOOLEANS)
    ours = f'<mc:process {process}>{variables}<mc:place name="office"/></mc:process>'
    return (
        f'{HEAD}<bpmn:process id="P" name="Thử" isExecutable="true"><bpmn:extensionElements>{ours}'
        f"</bpmn:extensionElements>{body}</bpmn:process></bpmn:definitions>"
    ).encode()


def step(key: str, inside: str = WHO, *, kind: str = "appraise", attributes: str = "") -> str:
    ours = f'<mc:step kind="{kind}" {attributes}>{inside}</mc:step>'
    extension = f"<bpmn:extensionElements>{ours}</bpmn:extensionElements>"
    return f'<bpmn:userTask id="{key}" name="{key}">{extension}</bpmn:userTask>'


def flow(source: str, target: str, condition: str = "", key: str = "") -> str:
    inside = ""
    if condition:
        inside = f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{condition}</bpmn:conditionExpression>'
    return f'<bpmn:sequenceFlow id="{key or f"{source}_{target}"}" sourceRef="{source}" targetRef="{target}">{inside}</bpmn:sequenceFlow>'


def line(*elements: tuple[str, str]) -> str:
    """Join (key, element) one after another between a start and an end."""
    keys = ["Start", *(key for key, _element in elements), "End"]
    flows = [flow(a, b) for a, b in pairwise(keys)]
    drawn = [element for _key, element in elements]
    return "".join(['<bpmn:startEvent id="Start"/>', *drawn, '<bpmn:endEvent id="End"/>', *flows])


def steps(*keys: str) -> str:
    return line(*((key, step(key)) for key in keys))


@dataclass
class Random:
    """A random process of nested sequences, choices, parallel branches and loops; the same seed, the same file."""

    seed: int
    parts: list[str] = field(default_factory=list)
    serial: int = 0
    loops_around: int = 0

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)

    def bpmn(self) -> bytes:
        last = self.block("Begin", 3)
        ends = ['<bpmn:startEvent id="Begin"/>', '<bpmn:endEvent id="Finish"/>']
        return file("".join([*ends, *self.parts, flow(last, "Finish", key=self.key("F"))]))

    def key(self, letter: str) -> str:
        self.serial += 1
        return f"{letter}{self.serial}"

    def block(self, before: str, depth: int) -> str:
        """Append a block after ``before`` and return the node it ends in."""
        shapes = ["step"] if depth == 0 else ["step", "sequence", "choice", "parallel", "loop"]
        if self.loops_around and "parallel" in shapes:
            shapes.remove("parallel")  # SpiffWorkflow 3.2 joins too early when it comes round a second time
        shape = self.dice.choice(shapes)
        return {
            "step": lambda: self.one(before),
            "sequence": lambda: self.block(self.block(before, depth - 1), depth - 1),
            "choice": lambda: self.choice(before, depth),
            "parallel": lambda: self.parallel(before, depth),
            "loop": lambda: self.loop(before, depth),
        }[shape]()

    def one(self, before: str) -> str:
        key = self.key("S")
        self.parts += [step(key), flow(before, key, key=self.key("F"))]
        return key

    def choice(self, before: str, depth: int) -> str:
        split, merge, default = self.key("X"), self.key("M"), self.key("F")
        self.gateway("exclusiveGateway", split, default)
        self.gateway("exclusiveGateway", merge)
        self.parts.append(flow(before, split, key=self.key("F")))
        ways = self.dice.randint(2, 3)
        for number in range(ways):
            is_default = number == ways - 1
            condition = "" if is_default else self.dice.choice(BOOLEANS)
            inside = self.branch(split, depth, condition, default if is_default else "")
            self.parts.append(flow(inside, merge, key=self.key("F")))
        return merge

    def parallel(self, before: str, depth: int) -> str:
        split, join = self.key("A"), self.key("J")
        self.gateway("parallelGateway", split)
        self.gateway("parallelGateway", join)
        self.parts.append(flow(before, split, key=self.key("F")))
        for _ in range(self.dice.randint(2, 3)):
            inside = self.branch(split, depth, "", "")
            self.parts.append(flow(inside, join, key=self.key("F")))
        return join

    def loop(self, before: str, depth: int) -> str:
        merge, split, onward, after = self.key("M"), self.key("X"), self.key("F"), self.key("S")
        self.gateway("exclusiveGateway", merge)
        self.gateway("exclusiveGateway", split, onward)
        self.parts.append(flow(before, merge, key=self.key("F")))
        self.loops_around += 1
        inside = self.block(self.one(merge), depth - 1)
        self.loops_around -= 1
        self.parts += [
            flow(inside, split, key=self.key("F")),
            flow(split, merge, self.dice.choice(BOOLEANS), key=self.key("F")),
            step(after),
            flow(split, after, key=onward),
        ]
        return after

    def branch(self, split: str, depth: int, condition: str, key: str) -> str:
        """A branch begins with a step, so that its first flow can carry the condition."""
        first = self.key("S")
        self.parts += [step(first), flow(split, first, condition, key or self.key("F"))]
        return first if self.dice.random() < 0.5 else self.block(first, depth - 1)

    def gateway(self, tag: str, key: str, default: str = "") -> None:
        named = f' default="{default}"' if default else ""
        self.parts.append(f'<bpmn:{tag} id="{key}"{named}/>')
