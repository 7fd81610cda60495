"""What is wrong with a catalogue, in sentences for the one who wants to publish it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from motcua.domain.statuses.catalogue import LANGUAGE, Catalogue
from motcua.domain.statuses.information import unknown_names
from motcua.domain.statuses.types import Flow, Move, State, Status


def problems(catalogue: Catalogue) -> list[str]:
    """Contradictions inside the catalogue; empty when it can be used."""
    found = list(_of_codes(catalogue))
    for status in catalogue.statuses:
        found += _of_status(catalogue, status)
    found += _of_rules(catalogue)
    return found


def contradictions(catalogue: Catalogue, moves: Iterable[Move], flows: Iterable[Flow] = ()) -> list[str]:
    """Moves of the lifecycle and flows of published processes that land where no arrow leads."""
    found: dict[str, None] = {}
    for move in moves:
        target = catalogue.code_for(move.target)
        for source in sorted(catalogue.codes_of(move.source)):
            if not catalogue.allows(source, target):
                found[_no_arrow(catalogue, move.name, source, target)] = None
    for flow in flows:
        source = catalogue.code_for(State.IN_PROGRESS, flow.source)
        target = catalogue.code_for(State.IN_PROGRESS, flow.target)
        if not catalogue.allows(source, target):
            found[_no_arrow(catalogue, flow.process, source, target)] = None
    return list(found)


def _no_arrow(catalogue: Catalogue, name: str, source: str, target: str) -> str:
    return _("“%(name)s” chuyển từ “%(source)s” sang “%(target)s” nhưng lưu đồ không có mũi tên này.") % {
        "name": name,
        "source": _named(catalogue, source),
        "target": _named(catalogue, target),
    }


def _of_codes(catalogue: Catalogue) -> Iterator[str]:
    for code, count in Counter(status.code for status in catalogue.statuses).items():
        if count > 1:
            yield _("Mã trạng thái “%(code)s” bị trùng.") % {"code": code}
    known = catalogue.by_code
    used = [rule.status for rule in catalogue.rules]
    ends = [end for arrow in catalogue.arrows for end in (arrow.source, arrow.target)]
    for code in sorted({*used, *ends} - known.keys()):
        yield _("Có chỗ dùng trạng thái “%(code)s” nhưng danh mục không có.") % {"code": code}


def _of_status(catalogue: Catalogue, status: Status) -> Iterator[str]:
    named = {"status": _named(catalogue, status.code)}
    words = status.words.get(LANGUAGE)
    if words is None or not words.officer.strip() or not words.applicant.strip():
        yield _("Trạng thái “%(status)s” chưa có tên bằng tiếng Việt.") % named
    if status.portal_code is not None and not 1 <= status.portal_code <= 10:
        yield _("Mã gửi Cổng quốc gia của “%(status)s” phải từ 1 đến 10.") % named
    for language in status.words.values():
        for name in sorted(unknown_names(language.shows)):
            yield _("Thông tin của “%(status)s” dùng {%(name)s}, hệ thống không biết giá trị này.") % {
                **named,
                "name": name,
            }
    if all(rule.status != status.code for rule in catalogue.rules):
        yield _("Trạng thái “%(status)s” không bao giờ hiển thị: chưa gắn với bước nào.") % named


def _of_rules(catalogue: Catalogue) -> Iterator[str]:
    general = {rule.state for rule in catalogue.rules if rule.step_kind is None and not rule.position}
    for state in State:
        if state not in general:
            yield _("Chưa có trạng thái hiển thị cho “%(state)s”.") % {"state": state.value}
    for key, count in Counter((rule.state, rule.step_kind, rule.position) for rule in catalogue.rules).items():
        if count > 1:
            yield _("Có hai trạng thái cùng hiển thị cho “%(state)s”.") % {"state": key[0].value}


def _named(catalogue: Catalogue, code: str) -> str:
    status = catalogue.by_code.get(code)
    words = status.words.get(LANGUAGE) if status else None
    return words.officer if words and words.officer else code
