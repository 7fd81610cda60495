"""What is wrong with an edition before it is published: every problem at once, each with its place in the content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from motcua.domain.catalog import scopes
from motcua.domain.catalog.types import (
    Case,
    DecisionKind,
    EditionContent,
    FeeRule,
    Ground,
    LegalGround,
    LimitOffer,
    PlaceKind,
    PlaceRule,
    Way,
)
from motcua.domain.deadlines.types import LimitRule, Unit
from motcua.domain.forms.types import Form, Group, Kind
from motcua.domain.workflow import linter as process_linter
from motcua.domain.workflow.graph import Graph
from motcua.foundation import expressions
from motcua.foundation.expressions import BadExpression, Expression
from motcua.foundation.kernel.errors import FieldProblem

Problems = Iterator[FieldProblem]

COMPETENT, DESK = "competent", "desk"  # the desk is always the receiving agency
MINUTES_A_DAY = 480
MINUTES_AN_HOUR = 60


def problems(
    content: EditionContent,
    form: Form,
    graph: Graph,
    grounds: Mapping[Ground, LegalGround],
    *,
    checked_grounds_only: bool,
) -> tuple[FieldProblem, ...]:
    """Return everything that keeps the edition from being published."""
    checks: tuple[Problems, ...] = (
        _of_cases(content, form),
        _of_components(content, form),
        _of_channels(content),
        _of_limits(content),
        _of_fees(content, form),
        _of_results(content, form),
        _of_places(content, form, graph),
        _of_process(content, form, graph),
        _of_citations(content),
        _of_grounds(content, grounds, checked_grounds_only=checked_grounds_only),
        _of_decisions(content),
    )
    return tuple(problem for check in checks for problem in check)


def _of_cases(content: EditionContent, form: Form) -> Problems:
    yield from _once("cases", [case.key for case in content.cases])
    if not content.cases:
        yield FieldProblem("cases", _("Cần ít nhất một trường hợp; thủ tục chỉ có một thì đặt tên là “Chung”."))
    for at, case in enumerate(content.cases):
        yield from _compiles(f"cases[{at}].condition", case.condition, lambda s: scopes.of_case(form, s))
    open_cases = [case for case in content.cases if not case.condition]
    if content.case_field:
        yield from _of_case_field(content, form, open_cases)
    elif len(open_cases) != 1 and content.cases:
        yield FieldProblem(
            "cases",
            _("Cần đúng một trường hợp không có điều kiện (trường hợp còn lại), đang có %(count)s.")
            % {"count": len(open_cases)},
        )


def _of_case_field(content: EditionContent, form: Form, open_cases: list[Case]) -> Problems:
    asked = next((f for f in form.fields() if f.key == content.case_field), None)
    if asked is None or asked.kind is not Kind.CHOICE:
        yield FieldProblem("case_field", _("Câu hỏi chọn trường hợp phải là câu chọn một trong biểu mẫu."))
        return
    options = {option.value for option in asked.options}
    for case in open_cases:
        if case.key not in options:
            yield FieldProblem("case_field", _("Biểu mẫu không cho chọn trường hợp “%(case)s”.") % {"case": case.name})
    for value in sorted(options - {case.key for case in content.cases}):
        yield FieldProblem("case_field", _("Lựa chọn “%(value)s” không phải là trường hợp nào.") % {"value": value})


def _of_components(content: EditionContent, form: Form) -> Problems:
    yield from _once("components", [rule.component.key for rule in content.components])
    for at, rule in enumerate(content.components):
        yield from _known_cases(content, f"components[{at}].cases", rule.cases)
        yield from _compiles(f"components[{at}].condition", rule.condition, lambda s: scopes.of_case(form, s))
    for case in content.cases:
        if not any(not rule.cases or case.key in rule.cases for rule in content.components):
            yield FieldProblem(
                "components", _("Trường hợp “%(case)s” chưa có thành phần hồ sơ nào.") % {"case": case.name}
            )


def _of_channels(content: EditionContent) -> Problems:
    yield from _once("channels", [offer.way.value for offer in content.channels])
    if not content.channels:
        yield FieldProblem("channels", _("Cần ít nhất một cách thức nộp hồ sơ."))


def _of_limits(content: EditionContent) -> Problems:
    for at, offer in enumerate(content.limits):
        yield from _known_cases(content, f"limits[{at}].case", (offer.case,) if offer.case else ())
        yield from _known_way(content, f"limits[{at}].way", offer.way)
        if offer.shortened and _is_longer(offer.shortened, offer.law):
            yield FieldProblem(f"limits[{at}].shortened", _("Thời hạn rút ngắn đang dài hơn thời hạn theo quy định."))
    for case in content.cases:
        for channel in content.channels:
            if not _limits_of(content, case.key, channel.way):
                yield FieldProblem(
                    "limits",
                    _("Trường hợp “%(case)s”, cách nộp “%(way)s” chưa có thời hạn giải quyết.")
                    % {"case": case.name, "way": channel.way.value},
                )


def _of_fees(content: EditionContent, form: Form) -> Problems:
    repeats = {group.key for group in form.repeats()}
    for at, fee in enumerate(content.fees):
        where = f"fees[{at}]"
        yield from _known_cases(content, f"{where}.case", (fee.case,) if fee.case else ())
        yield from _known_way(content, f"{where}.way", fee.way)
        if fee.each and fee.each not in repeats:
            yield FieldProblem(f"{where}.each", _("Biểu mẫu không có nhóm lặp “%(key)s”.") % {"key": fee.each})
            continue
        yield from _compiles(f"{where}.amount", fee.amount or " ", _amount(form, fee))
        for index, exemption in enumerate(fee.exemptions):
            place = f"{where}.exemptions[{index}]"
            if not 0 < exemption.percent <= 100:
                yield FieldProblem(f"{place}.percent", _("Mức giảm phải từ 1 đến 100 phần trăm."))
            yield from _compiles(
                f"{place}.condition",
                exemption.condition or " ",
                _typed(form, expressions.BOOL),
            )
    twice = Counter((fee.key, fee.case, fee.way) for fee in content.fees)
    for (key, _case, _way), count in twice.items():
        if count > 1:
            yield FieldProblem("fees", _("Khoản “%(key)s” được quy định hai lần cho cùng trường hợp.") % {"key": key})


def _amount(form: Form, fee: FeeRule) -> Callable[[str], Expression]:
    return lambda source: scopes.of_fee(form, source, each=fee.each, returns=expressions.INT)


def _typed(form: Form, wanted: expressions.Type) -> Callable[[str], Expression]:
    return lambda source: scopes.of_fee(form, source, returns=wanted)


def _of_results(content: EditionContent, form: Form) -> Problems:
    yield from _once("results", [result.key for result in content.results])
    repeats = {group.key for group in form.repeats()}
    for at, result in enumerate(content.results):
        yield from _known_cases(content, f"results[{at}].cases", result.cases)
        if result.each and result.each not in repeats:
            yield FieldProblem(f"results[{at}].each", _("Biểu mẫu không có nhóm lặp “%(key)s”.") % {"key": result.each})
    for case in content.cases:
        if not any(not result.cases or case.key in result.cases for result in content.results):
            yield FieldProblem("results", _("Trường hợp “%(case)s” chưa có kết quả nào.") % {"case": case.name})


def _of_places(content: EditionContent, form: Form, graph: Graph) -> Problems:
    yield from _once("places", [place.name for place in content.places])
    named = {place.name for place in content.places} | {DESK}
    if COMPETENT not in named:
        yield FieldProblem("places", _("Chưa nói cơ quan nào có thẩm quyền giải quyết (nơi “competent”)."))
    for place in graph.places:
        if place.name not in named:
            yield FieldProblem(
                "places",
                _("Quy trình có nơi “%(name)s” nhưng thủ tục chưa nói đó là cơ quan nào.") % {"name": place.name},
            )
    keys = _question_keys(form)
    for at, rule in enumerate(content.places):
        if rule.kind is PlaceKind.AGENCY_CODE and not rule.code:
            yield FieldProblem(f"places[{at}].code", _("Nhập mã định danh của cơ quan."))
        if rule.kind is PlaceKind.AREA_SERVICE and not rule.service:
            yield FieldProblem(f"places[{at}].service", _("Nhập dịch vụ mà cơ quan thực hiện cho địa bàn."))
        if rule.kind in (PlaceKind.ANSWER, PlaceKind.AREA_SERVICE) and rule.area not in keys:
            yield FieldProblem(f"places[{at}].area", _("Chọn câu hỏi trong biểu mẫu cho biết địa bàn."))
        if rule.kind is PlaceKind.ANSWER and rule.codes:
            yield from _of_codes(f"places[{at}].codes", rule, form)


def _of_codes(place: str, rule: PlaceRule, form: Form) -> Problems:
    """Every answer leads to an agency."""
    asked = next((f for f in form.fields() if f.key == rule.area), None)
    for option in asked.options if asked else ():
        if option.value not in rule.codes:
            yield FieldProblem(place, _("Chưa có cơ quan cho câu trả lời “%(label)s”.") % {"label": option.label})


def _of_process(content: EditionContent, form: Form, graph: Graph) -> Problems:
    steps = {node.key for node in graph.steps}
    for key in content.step_words:
        if key not in steps:
            yield FieldProblem(f"step_words.{key}", _("Quy trình không có bước “%(key)s”.") % {"key": key})
    declared = {variable.name for variable in graph.variables}
    for name in sorted(content.process_data.keys() - declared):
        yield FieldProblem(f"process_data.{name}", _("Quy trình không dùng dữ liệu “%(name)s”.") % {"name": name})
    for name, source in content.process_data.items():
        if name in declared:
            wanted = graph.declared[name]
            yield from _compiles(f"process_data.{name}", source, _typed(form, wanted))
    keys = {rule.component.key for rule in content.components}
    for node in graph.steps:
        for key in node.step.must.attached if node.step else ():
            if key not in keys:
                yield FieldProblem(
                    f"process.{node.key}",
                    _("Bước “%(step)s” đòi thành phần “%(key)s” mà thủ tục không có.")
                    % {"step": node.name, "key": key},
                )
    for finding in process_linter.problems(graph, _longest_minutes(content)):
        if finding.severity is process_linter.Severity.ERROR:
            yield FieldProblem(f"process.{finding.place}", f"{finding.sentence} {finding.mend}".strip())


def _longest_minutes(content: EditionContent) -> int | None:
    """The working minutes of the longest limit: the longest way through the process must fit into them. Which way
    belongs to which case only the answers tell.
    """
    minutes = [_minutes(offer.rule) for offer in content.limits]
    return max(minutes) if minutes else None


def _minutes(rule: LimitRule) -> int:
    days = {
        Unit.WORKING_DAYS: max(rule.amount, 1),
        Unit.CALENDAR_DAYS: max(rule.amount * 5 // 7, 1),
        Unit.MONTHS: rule.amount * 20,
        Unit.YEARS: rule.amount * 240,
    }
    if rule.unit in days:
        return days[rule.unit] * MINUTES_A_DAY
    return rule.amount if rule.unit is Unit.MINUTES else rule.amount * MINUTES_AN_HOUR


def _is_longer(one: LimitRule, other: LimitRule) -> bool:
    if one.unit is other.unit:
        return one.amount > other.amount
    return _minutes(one) > _minutes(other)


def _of_citations(content: EditionContent) -> Problems:
    """Every rule names its ground, and the ground is one of the edition's."""
    known = {ground.citation for ground in content.grounds}
    for place, citation, needed in _citations(content):
        if not citation and needed:
            yield FieldProblem(place, _("Quy định này chưa có căn cứ pháp lý."))
        elif citation and citation not in known:
            yield FieldProblem(
                place, _("Căn cứ “%(ground)s” chưa có trong danh sách căn cứ của thủ tục.") % {"ground": citation}
            )


def _citations(content: EditionContent) -> Iterator[tuple[str, str, bool]]:
    for at, limit in enumerate(content.limits):
        yield f"limits[{at}].law.ground", limit.law.ground, True
        if limit.shortened:
            yield f"limits[{at}].shortened.ground", limit.shortened.ground, True
    for at, fee in enumerate(content.fees):
        yield f"fees[{at}].ground", fee.ground, True
        for index, exemption in enumerate(fee.exemptions):
            yield f"fees[{at}].exemptions[{index}].ground", exemption.ground, True
    for at, rule in enumerate(content.components):
        yield f"components[{at}].component.ground", rule.component.ground, False
    for at, pause in enumerate(content.pauses):
        yield f"pauses[{at}].ground", pause.ground, True
    yield "supplement.ground", content.supplement.ground, False
    yield "retention.ground", content.retention.ground, False
    if content.extension:
        yield "extension.ground", content.extension.ground, True


def _of_grounds(
    content: EditionContent, grounds: Mapping[Ground, LegalGround], *, checked_grounds_only: bool
) -> Problems:
    if not content.grounds:
        yield FieldProblem("grounds", _("Chưa có căn cứ pháp lý nào."))
    for at, named in enumerate(content.grounds):
        ground, place = grounds.get(named), f"grounds[{at}]"
        words = {"ground": named.citation}
        if ground is None:
            yield FieldProblem(place, _("Căn cứ “%(ground)s” chưa có trong danh mục căn cứ pháp lý.") % words)
        elif not _is_valid(ground, content.valid_from):
            yield FieldProblem(
                place, _("Căn cứ “%(ground)s” không có hiệu lực vào ngày thủ tục bắt đầu áp dụng.") % words
            )
        elif checked_grounds_only and not ground.is_checked:
            yield FieldProblem(
                place, _("Căn cứ “%(ground)s” chưa đối chiếu với văn bản; hãy đối chiếu trước khi công bố.") % words
            )


def _is_valid(ground: LegalGround, on: date) -> bool:
    return (ground.valid_from is None or ground.valid_from <= on) and (ground.valid_to is None or on <= ground.valid_to)


def _of_decisions(content: EditionContent) -> Problems:
    kinds = {decision.kind for decision in content.decisions}
    if DecisionKind.ANNOUNCEMENT not in kinds:
        yield FieldProblem("decisions", _("Chưa có Quyết định công bố thủ tục hành chính."))
    if DecisionKind.PROCESS not in kinds:
        yield FieldProblem("decisions", _("Chưa có Quyết định phê duyệt quy trình nội bộ, quy trình điện tử."))
    for at, decision in enumerate(content.decisions):
        if decision.effective_on > content.valid_from:
            yield FieldProblem(
                f"decisions[{at}]",
                _("Quyết định %(number)s có hiệu lực sau ngày thủ tục bắt đầu áp dụng.") % {"number": decision.number},
            )


def _question_keys(form: Form) -> set[str]:
    """The questions outside repeated groups."""
    inside = {f.key for group in form.repeats() for f in group.fields}
    groups = {i.key for page in form.pages for i in page.items if isinstance(i, Group)}
    return {f.key for f in form.fields()} - inside - groups


def _limits_of(content: EditionContent, case: str, way: Way) -> list[LimitOffer]:
    return [offer for offer in content.limits if offer.case in ("", case) and offer.way in (None, way)]


def _known_cases(content: EditionContent, place: str, cases: Collection[str]) -> Problems:
    known = {case.key for case in content.cases}
    for key in cases:
        if key not in known:
            yield FieldProblem(place, _("Không có trường hợp “%(key)s”.") % {"key": key})


def _known_way(content: EditionContent, place: str, way: Way | None) -> Problems:
    if way is not None and way not in {offer.way for offer in content.channels}:
        yield FieldProblem(place, _("Cách nộp “%(way)s” không mở cho thủ tục này.") % {"way": way.value})


def _once(place: str, keys: list[str]) -> Problems:
    for key, count in Counter(keys).items():
        if count > 1:
            yield FieldProblem(
                place, _("“%(key)s” có %(count)s lần; mỗi mã chỉ dùng một lần.") % {"key": key, "count": count}
            )


def _compiles(place: str, source: str, compile_it: Callable[[str], Any]) -> Problems:
    if not source:
        return
    try:
        compile_it(source)
    except BadExpression as bad:
        yield FieldProblem(place, str(bad.sentence))
