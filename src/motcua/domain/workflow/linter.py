"""What is wrong with a process, where, and how to mend it; an error keeps it from being published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from motcua.domain.statuses.types import StepKind
from motcua.domain.workflow import paths, soundness
from motcua.domain.workflow.graph import Action, Graph, Need, Node, NodeKind, Step
from motcua.foundation import expressions

#: Steps that no officer does: nobody needs to be named.
NOBODYS = frozenset({StepKind.AUTOMATIC, StepKind.WAIT_FOR_APPLICANT, StepKind.PAY, StepKind.SUB_PROCEDURE})
SUPPLEMENT_EFFECT = "ask_supplement"


class Severity(StrEnum):
    """An error blocks publishing, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem. ``place`` is the id of the element, empty for the process as a whole; ``mend`` says what to do."""

    severity: Severity
    place: str
    sentence: str
    mend: str


def problems(graph: Graph, limit_minutes: int | None = None) -> tuple[Finding, ...]:
    """Return everything that is wrong, errors first. ``limit_minutes`` is the procedure's limit in working minutes."""
    checks = (
        _ends(graph),
        _unsupported(graph),
        _reachable(graph),
        _gateways(graph),
        _conditions(graph),
        _steps(graph),
        _sound(graph),
        _limits(graph, limit_minutes),
        _supplement(graph),
    )
    found = [finding for check in checks for finding in check]
    return tuple(sorted(found, key=lambda finding: finding.severity is not Severity.ERROR))


def _error(place: str, sentence: str, mend: str) -> Finding:
    return Finding(Severity.ERROR, place, sentence, mend)


def _warning(place: str, sentence: str, mend: str) -> Finding:
    return Finding(Severity.WARNING, place, sentence, mend)


def _ends(graph: Graph) -> Iterator[Finding]:
    if not graph.starts:
        yield _error("", _("Quy trình không có điểm bắt đầu."), _("Thêm một sự kiện bắt đầu."))
    for extra in graph.starts[1:]:
        yield _error(extra.key, _("Quy trình có nhiều điểm bắt đầu."), _("Chỉ giữ một sự kiện bắt đầu."))
    if not any(node.kind is NodeKind.END for node in graph.nodes):
        yield _error("", _("Quy trình không có điểm kết thúc."), _("Thêm một sự kiện kết thúc."))
    if not graph.steps:
        yield _error("", _("Quy trình không có bước nào."), _("Thêm ít nhất một bước."))


def _unsupported(graph: Graph) -> Iterator[Finding]:
    nodes = {node.key for node in graph.nodes}
    for item in graph.unsupported:
        sentence = _("Hệ thống chưa thực hiện được “%(element)s” %(name)s (dòng %(line)s).") % {
            "element": item.element,
            "name": item.name or item.key,
            "line": item.line,
        }
        mend = _("Thay bằng bước, cổng rẽ nhánh hoặc cổng song song.")
        yield (_error if item.key in nodes else _warning)(item.key, sentence, mend)


def _reachable(graph: Graph) -> Iterator[Finding]:
    forward = paths.reachable(graph, [node.key for node in graph.starts])
    ends = [node.key for node in graph.nodes if node.kind is NodeKind.END]
    backward = paths.reachable(graph, ends, backwards=True)
    for node in graph.nodes:
        if node.key not in forward and graph.starts:
            yield _error(
                node.key, _("Không có đường nào đến “%(name)s”.") % {"name": _name(node)}, _("Nối hoặc xóa nó.")
            )
        elif node.key not in backward and ends:
            sentence = _("Từ “%(name)s” không đi đến điểm kết thúc nào.") % {"name": _name(node)}
            yield _error(node.key, sentence, _("Nối tiếp đến một sự kiện kết thúc."))
    for node in graph.nodes:
        if node.kind is NodeKind.START and len(graph.out_of(node.key)) != 1:
            yield _error(node.key, _("Điểm bắt đầu phải có đúng một luồng đi ra."), _("Sửa các luồng đi ra."))
        if node.kind is NodeKind.END and graph.out_of(node.key):
            yield _error(node.key, _("Điểm kết thúc không được có luồng đi ra."), _("Xóa luồng đi ra."))
    for loop in paths.loops_without_step(graph):
        yield _error(loop, _("Vòng lặp này không đi qua bước nào."), _("Thêm một bước vào vòng lặp."))


def _gateways(graph: Graph) -> Iterator[Finding]:
    for node in graph.nodes:
        ways = graph.out_of(node.key)
        if node.kind is NodeKind.EXCLUSIVE and len(ways) > 1:
            yield from _exclusive(graph, node)
        elif node.kind is not NodeKind.EXCLUSIVE and any(flow.condition for flow in ways):
            sentence = _("Luồng có điều kiện chỉ được đi ra từ cổng rẽ nhánh.")
            yield _error(node.key, sentence, _("Đặt một cổng rẽ nhánh sau “%(name)s”.") % {"name": _name(node)})


def _exclusive(graph: Graph, node: Node) -> Iterator[Finding]:
    named = {action.flow for step in graph.steps for action in _of(step).actions}
    bare = [f for f in graph.out_of(node.key) if not f.condition and f.key != node.default and f.key not in named]
    by_action = all(flow.key in named for flow in graph.out_of(node.key))
    if node.default and node.default not in {flow.key for flow in graph.out_of(node.key)}:
        yield _error(node.key, _("Luồng mặc định không đi ra từ cổng này."), _("Chọn lại luồng mặc định."))
    elif not node.default and not by_action:
        sentence = _("Cổng “%(name)s” không có luồng mặc định.") % {"name": _name(node)}
        yield _error(node.key, sentence, _("Đánh dấu một luồng là mặc định."))
    for flow in bare:
        sentence = _("Luồng “%(flow)s” không có điều kiện nên không bao giờ được chọn.") % {
            "flow": flow.name or flow.key
        }
        yield _error(flow.key, sentence, _("Viết điều kiện hoặc gắn luồng với một thao tác."))


def _conditions(graph: Graph) -> Iterator[Finding]:
    for flow in graph.flows:
        if not flow.condition:
            continue
        try:
            expressions.compile(flow.condition, graph.declared, returns=expressions.BOOL)
        except expressions.BadExpression as bad:
            yield _error(flow.key, _("Điều kiện viết sai. %(why)s") % {"why": bad}, _("Sửa điều kiện này."))


def _steps(graph: Graph) -> Iterator[Finding]:
    places = {place.name for place in graph.places}
    for node in graph.steps:
        step = _of(node)
        yield from _who(graph, node, step, places)
        yield from _actions(graph, node, step)
        if step.kind is StepKind.CONSULT and step.consultation is None:
            sentence = _("Bước lấy ý kiến “%(name)s” chưa nói im lặng nghĩa là gì.") % {"name": _name(node)}
            yield _error(node.key, sentence, _("Khai báo hệ quả khi không trả lời: đồng ý hoặc tiếp tục chờ."))
        if graph.timed and step.limit_minutes is None and step.kind not in NOBODYS:
            sentence = _("Bước “%(name)s” chưa có thời hạn.") % {"name": _name(node)}
            yield _error(node.key, sentence, _("Nhập thời hạn của bước (phút làm việc)."))


def _who(graph: Graph, node: Node, step: Step, places: set[str]) -> Iterator[Finding]:
    who = step.who
    if step.kind in NOBODYS:
        return
    if who.is_nobody:
        yield _error(
            node.key, _("Bước “%(name)s” không ai làm được.") % {"name": _name(node)}, _("Chọn vai trò thực hiện.")
        )
    if who.place and who.place not in places:
        sentence = _("Nơi thực hiện “%(place)s” chưa được khai báo.") % {"place": who.place}
        yield _error(node.key, sentence, _("Khai báo nơi này ở quy trình."))
    elif not who.place and not (who.person or who.position or who.chosen_in or who.same_as or who.previous):
        yield _error(
            node.key, _("Bước “%(name)s” chưa có nơi thực hiện.") % {"name": _name(node)}, _("Chọn nơi thực hiện.")
        )
    for other in filter(None, (who.chosen_in, who.same_as)):
        if not graph.has(other) or graph.node(other).step is None:
            yield _error(node.key, _("Không có bước “%(step)s”.") % {"step": other}, _("Chọn lại bước."))
    chooser = graph.node(who.chosen_in).step if graph.has(who.chosen_in) else None
    if chooser and not any(Need.ASSIGNEE in action.needs for action in chooser.actions):
        sentence = _("Bước “%(step)s” không có thao tác chọn người.") % {"step": who.chosen_in}
        yield _error(node.key, sentence, _("Thêm yêu cầu “assignee” vào một thao tác của bước đó."))


def _actions(graph: Graph, node: Node, step: Step) -> Iterator[Finding]:
    keys = [action.key for action in step.actions]
    if len(set(keys)) < len(keys):
        yield _error(node.key, _("Hai thao tác của một bước trùng mã."), _("Đổi mã của một thao tác."))
    if not any(action.leaves_step for action in step.actions):
        yield _error(node.key, _("Không thao tác nào rời được bước này."), _("Thêm một thao tác hoàn thành bước."))
    for action in step.actions:
        if action.flow and not _can_take(graph, node, action):
            sentence = _("Thao tác “%(label)s” chọn một luồng không đi ra từ bước này.") % {"label": action.label}
            yield _error(node.key, sentence, _("Chọn luồng đi ra từ bước hoặc từ cổng ngay sau bước."))
        if action.to and (not graph.has(action.to) or graph.node(action.to).step is None):
            sentence = _("Thao tác “%(label)s” trả về một bước không có.") % {"label": action.label}
            yield _error(node.key, sentence, _("Chọn lại bước nhận."))
    ways = graph.out_of(node.key)
    forward = [action for action in step.actions if action.leaves_step and not action.to]
    if len(ways) > 1 and not all(action.flow for action in forward):
        sentence = _("“%(name)s” có nhiều luồng đi ra: chúng sẽ chạy song song.") % {"name": _name(node)}
        yield _warning(node.key, sentence, _("Dùng cổng song song hoặc gắn mỗi thao tác với một luồng."))


def _can_take(graph: Graph, node: Node, action: Action) -> bool:
    ways = graph.out_of(node.key)
    if any(flow.key == action.flow for flow in ways):
        return True
    behind = graph.node(ways[0].target) if len(ways) == 1 else None
    is_gateway = behind is not None and behind.kind is NodeKind.EXCLUSIVE
    return bool(is_gateway and behind and any(flow.key == action.flow for flow in graph.out_of(behind.key)))


def _sound(graph: Graph) -> Iterator[Finding]:
    if any(node.kind is NodeKind.UNSUPPORTED for node in graph.nodes) or len(graph.starts) != 1:
        return
    verdict = soundness.explore(graph)
    for key in verdict.stuck_at:
        sentence = _("Các nhánh có thể chờ nhau mãi ở “%(name)s”.") % {"name": _name(graph.node(key))}
        yield _error(key, sentence, _("Gộp bằng cổng song song đúng những nhánh đã rẽ song song."))
    for key in verdict.twice_at:
        sentence = _("“%(name)s” có thể bị làm hai lần cùng lúc.") % {"name": _name(graph.node(key))}
        yield _error(key, sentence, _("Gộp các nhánh song song bằng cổng song song trước bước này."))


def _limits(graph: Graph, limit_minutes: int | None) -> Iterator[Finding]:
    if not graph.timed or limit_minutes is None:
        return
    longest = paths.longest(graph)
    if longest.minutes > limit_minutes:
        way = " → ".join(_name(graph.node(key)) for key in longest.steps)
        sentence = _("Tổng thời hạn các bước là %(sum)s phút, vượt thời hạn giải quyết %(limit)s phút: %(way)s.") % {
            "sum": longest.minutes,
            "limit": limit_minutes,
            "way": way,
        }
        yield _error("", sentence, _("Giảm thời hạn của các bước trên đường này."))


def _supplement(graph: Graph) -> Iterator[Finding]:
    if not any(action.effect == SUPPLEMENT_EFFECT for step in graph.steps for action in _of(step).actions):
        sentence = _("Quy trình không có chỗ nào yêu cầu bổ sung hồ sơ.")
        yield _warning("", sentence, _("Thêm thao tác “ask_supplement” vào bước thẩm định."))


def _of(node: Node) -> Step:
    if node.step is None:
        raise TypeError(f"{node.key} is not a step")
    return node.step


def _name(node: Node) -> str:
    return node.name or node.key
