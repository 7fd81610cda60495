"""The engine: a pure function from (graph, tokens, move, values) to the tokens after it and the steps that opened.

No clock, no database, no randomness: the same input gives the same output, so a run can be replayed and a test can
play thousands. Tokens are never lost: one that cannot go on is parked where it stands, with a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from motcua.domain.workflow.graph import Flow, Graph, Node, NodeKind
from motcua.foundation import expressions
from motcua.foundation.kernel.errors import WrongState

# A token that passes this many nodes in one move goes round a loop that has no step in it.
MOST_NODES_IN_ONE_MOVE = 500
MOST_TOKENS = 200


class TokenState(StrEnum):
    """Active: at an open step · waiting: for a message, a time, or the other branches · parked: cannot go on."""

    ACTIVE = "active"
    WAITING = "waiting"
    PARKED = "parked"
    DONE = "done"


@dataclass(frozen=True)
class Token:
    """Where one branch of a run stands. ``number`` counts from 1 in the run.

    ``came_by`` is the flow it arrived by (a join asks for one token per flow), ``parent`` the token that split into
    this one, ``reason`` why it is parked.
    """

    number: int
    node: str
    state: TokenState
    came_by: str = ""
    parent: int | None = None
    reason: str = ""

    @property
    def is_live(self) -> bool:
        return self.state is not TokenState.DONE


@dataclass(frozen=True)
class Start:
    """The first token enters at the start event."""


@dataclass(frozen=True)
class Leave:
    """The step at which the token stands is done; ``flow`` is the way the action names, empty: conditions decide."""

    token: int
    flow: str = ""


@dataclass(frozen=True)
class Return:
    """Back to an earlier step. ``visited`` says at which steps each token has been."""

    token: int
    to: str
    visited: Mapping[int, frozenset[str]]


@dataclass(frozen=True)
class Resume:
    """A waiting token's message or time has come."""

    token: int


@dataclass(frozen=True)
class Retry:
    """Try a parked token again from where it stands."""

    token: int


Move = Start | Leave | Return | Resume | Retry


@dataclass(frozen=True)
class Outcome:
    """What a move did. ``opened`` are tokens that came to a step, ``dropped`` tokens whose step was called off,
    ``parked`` tokens that could not go on, ``ended`` the key of the end event when nothing is left to do.
    """

    tokens: tuple[Token, ...]
    opened: tuple[int, ...] = ()
    dropped: tuple[int, ...] = ()
    parked: tuple[int, ...] = ()
    ended: str | None = None

    def token(self, number: int) -> Token:
        return next(token for token in self.tokens if token.number == number)


def advance(graph: Graph, tokens: tuple[Token, ...], move: Move, values: Mapping[str, Any]) -> Outcome:
    """Make one move and follow it until every token stands at a step, waits, is parked or is done.

    Raises WrongState when the move has no place: the token does not stand there, or the step to return to was not
    passed by this branch.
    """
    walk = _Walk(graph, {token.number: token for token in tokens}, values)
    match move:
        case Start():
            walk.start()
        case Leave(number, flow):
            walk.leave(walk.live(number, TokenState.ACTIVE), flow)
        case Return(number, to, visited):
            walk.go_back(walk.live(number, TokenState.ACTIVE), to, visited)
        case Resume(number):
            walk.leave(walk.live(number, TokenState.WAITING), "")
        case Retry(number):
            walk.retry(walk.live(number, TokenState.PARKED))
    return walk.outcome()


@dataclass
class _Walk:
    """One move under way. ``todo`` holds tokens about to enter the node they name."""

    graph: Graph
    tokens: dict[int, Token]
    values: Mapping[str, Any]
    todo: list[tuple[Token, str]] = field(default_factory=list)
    opened: list[int] = field(default_factory=list)
    dropped: list[int] = field(default_factory=list)
    last_end: str = ""

    def live(self, number: int, wanted: TokenState) -> Token:
        token = self.tokens.get(number)
        if token is None or token.state is not wanted:
            raise WrongState(_("Bước này không còn ở trạng thái chờ xử lý. Hãy tải lại trang."))
        return token

    def start(self) -> None:
        if self.tokens or len(self.graph.starts) != 1:
            raise WrongState(_("Quy trình này không thể bắt đầu."))
        self.enter(Token(1, self.graph.starts[0].key, TokenState.ACTIVE), "")

    def outcome(self) -> Outcome:
        self.park_those_who_wait_for_each_other()
        tokens = tuple(self.tokens[number] for number in sorted(self.tokens))
        is_over = not any(token.is_live for token in tokens)
        return Outcome(
            tokens,
            tuple(n for n in self.opened if self.tokens[n].state is TokenState.ACTIVE),
            tuple(self.dropped),
            tuple(t.number for t in tokens if t.state is TokenState.PARKED),
            (self.last_end or None) if is_over else None,
        )

    def park_those_who_wait_for_each_other(self) -> None:
        live = [token for token in self.tokens.values() if token.is_live]
        if all(t.state is TokenState.WAITING and self.graph.node(t.node).kind is NodeKind.PARALLEL for t in live):
            for token in live:
                self.park(token, _("Các nhánh chờ nhau mãi ở một điểm gộp. Hãy báo người quản trị quy trình."))

    def retry(self, token: Token) -> None:
        self.enter(token, "")

    def leave(self, token: Token, flow: str) -> None:
        self.depart(token, flow)
        self.follow()

    def enter(self, token: Token, chosen: str) -> None:
        self.todo.append((token, chosen))
        self.follow()

    def follow(self) -> None:
        """Move tokens one node at a time, oldest first, until none can move."""
        for _passed in range(MOST_NODES_IN_ONE_MOVE):
            if not self.todo:
                return
            self.visit(*self.todo.pop(0))
        for token, _chosen in self.todo:
            self.park(token, _("Quy trình đi vòng mãi mà không gặp bước nào. Hãy báo người quản trị quy trình."))
        self.todo.clear()

    def visit(self, token: Token, chosen: str) -> None:
        node = self.graph.node(token.node)
        match node.kind:
            case NodeKind.STEP:
                self.put(token, TokenState.ACTIVE)
                self.opened.append(token.number)
            case NodeKind.MESSAGE | NodeKind.TIMER:
                self.put(token, TokenState.WAITING)
            case NodeKind.END:
                self.end(token, node)
            case NodeKind.EXCLUSIVE:
                self.choose(token, node, chosen)
            case NodeKind.PARALLEL:
                self.join(token, node)
            case NodeKind.UNSUPPORTED:
                self.park(token, _("Hệ thống chưa thực hiện được phần tử “%(name)s”.") % {"name": _name(node)})
            case NodeKind.START:
                self.depart(token, "")

    def put(self, token: Token, state: TokenState, reason: str = "") -> None:
        self.tokens[token.number] = replace(token, state=state, reason=reason)

    def park(self, token: Token, sentence: str) -> None:
        self.put(token, TokenState.PARKED, sentence)

    def end(self, token: Token, node: Node) -> None:
        self.put(token, TokenState.DONE)
        self.last_end = node.key
        if node.terminates:
            self.todo.clear()
            self.drop([other for other in self.tokens.values() if other.is_live])

    def drop(self, tokens: list[Token]) -> None:
        for token in tokens:
            if token.state is TokenState.ACTIVE:
                self.dropped.append(token.number)
            self.put(token, TokenState.DONE)

    def depart(self, token: Token, chosen: str) -> None:
        """Leave a node by the chosen flow, its only one, or all of them at once."""
        ways = self.graph.out_of(token.node)
        if picked := [flow for flow in ways if flow.key == chosen]:
            self.pass_on(token, picked[0], "")
        elif len(ways) == 1:
            self.pass_on(token, ways[0], chosen)
        elif not ways:
            self.end(token, self.graph.node(token.node))
        elif any(flow.condition for flow in ways):
            self.park(token, _("Hệ thống chưa thực hiện được luồng có điều kiện đi ra từ một bước."))
        else:
            self.split(token, ways)

    def pass_on(self, token: Token, flow: Flow, chosen: str) -> None:
        self.todo.append((replace(token, node=flow.target, came_by=flow.key), chosen))

    def split(self, token: Token, ways: tuple[Flow, ...]) -> None:
        if len(self.tokens) + len(ways) > MOST_TOKENS:
            self.park(token, _("Quy trình rẽ thành quá nhiều nhánh. Hãy báo người quản trị quy trình."))
            return
        self.put(token, TokenState.DONE)
        for flow in ways:
            branch = Token(max(self.tokens) + 1, token.node, TokenState.ACTIVE, parent=token.number)
            self.tokens[branch.number] = branch
            self.pass_on(branch, flow, "")

    def join(self, token: Token, node: Node) -> None:
        """Wait for one token on each incoming flow; then the token that had split goes on alone."""
        self.put(token, TokenState.WAITING)
        arrived: dict[str, Token] = {}
        for other in self.tokens.values():
            if other.node == node.key and other.state is TokenState.WAITING:
                arrived.setdefault(other.came_by, other)
        if len(arrived) < len(self.graph.into(node.key)):
            return
        self.depart(self.merge(list(arrived.values()), node), "")

    def merge(self, arrived: list[Token], node: Node) -> Token:
        if len(arrived) == 1:
            return arrived[0]
        for token in arrived:
            self.put(token, TokenState.DONE)
        parent = self.tokens.get(arrived[0].parent or 0)
        if parent is None or parent.is_live:
            parent = Token(max(self.tokens) + 1, node.key, TokenState.ACTIVE, parent=arrived[0].parent)
        merged = replace(parent, node=node.key, state=TokenState.ACTIVE, came_by="")
        self.tokens[merged.number] = merged
        return merged

    def choose(self, token: Token, node: Node, chosen: str) -> None:
        ways = self.graph.out_of(node.key)
        try:
            flow = next((flow for flow in ways if flow.key == chosen), None) or self.decide(node, ways)
        except expressions.BadExpression as bad:
            self.park(token, _("Điều kiện ở “%(name)s” viết sai. %(why)s") % {"name": _name(node), "why": bad})
        except expressions.EvaluationFailed as failed:
            self.park(token, _("Chưa chọn được nhánh ở “%(name)s”. %(why)s") % {"name": _name(node), "why": failed})
        else:
            if flow:
                self.pass_on(token, flow, "")
            else:
                self.park(token, _("Không điều kiện nào ở “%(name)s” đúng.") % {"name": _name(node)})

    def decide(self, node: Node, ways: tuple[Flow, ...]) -> Flow | None:
        """The first flow whose condition holds; the default when none does; the only one when there is no other."""
        if len(ways) == 1 and not ways[0].condition:
            return ways[0]
        for flow in ways:
            if flow.key != node.default and flow.condition:
                condition = expressions.compile(flow.condition, self.graph.declared, returns=expressions.BOOL)
                if condition.evaluate(self.values):
                    return flow
        return self.graph.flow(node.default)

    def go_back(self, token: Token, to: str, visited: Mapping[int, frozenset[str]]) -> None:
        """The token, or the one it split off from, goes back; what that one had split into is called off."""
        line = self.line_of(token)
        back = next((one for one in line if to in visited.get(one.number, frozenset())), None)
        if back is None or not self.graph.has(to) or self.graph.node(to).step is None:
            raise WrongState(_("Không thể trả về bước này vì nhánh đang xử lý chưa đi qua bước đó."))
        if back is not token:
            self.drop([one for one in self.tokens.values() if one.is_live and back in self.line_of(one)])
        self.enter(replace(self.tokens[back.number], node=to, came_by=""), "")

    def line_of(self, token: Token) -> list[Token]:
        line = [token]
        while line[-1].parent is not None:
            line.append(self.tokens[line[-1].parent])
        return line


def _name(node: Node) -> str:
    return node.name or node.key
