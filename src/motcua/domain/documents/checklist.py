"""Match what is asked with what is given: pure, so that it can be asked before anything is saved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from motcua.domain.documents.types import ChecklistItem, Component, Form, ItemState, Use, UseKind

PAPER_FORMS = (Form.ORIGINAL, Form.CERTIFIED, Form.PHOTOCOPY)
FORM_NAMES = {
    Form.ELECTRONIC: gettext_lazy("bản điện tử"),
    Form.ORIGINAL: gettext_lazy("bản chính"),
    Form.CERTIFIED: gettext_lazy("bản sao chứng thực"),
    Form.PHOTOCOPY: gettext_lazy("bản chụp"),
}


def match(components: Iterable[Component], uses: Iterable[Use]) -> list[ChecklistItem]:
    """Return one item per component, in the edition's order. Removed uses do not count."""
    given: defaultdict[str, list[Use]] = defaultdict(list)
    for use in uses:
        if use.removed_at is None:
            given[use.component_key].append(use)
    return [_item(component, tuple(given[component.key])) for component in components]


def _item(component: Component, uses: tuple[Use, ...]) -> ChecklistItem:
    if any(use.kind is UseKind.DATA for use in uses):
        return ChecklistItem(component, ItemState.MET_BY_DATA, uses)
    if not uses:
        if not component.required:
            return ChecklistItem(component, ItemState.OPTIONAL, uses)
        return ChecklistItem(component, ItemState.MISSING, uses, (_whole(component),))
    lacking = tuple(_refused(component, uses)) + tuple(_lacking(component, uses))
    on_paper_only = all(use.kind is UseKind.PAPER for use in uses)
    return ChecklistItem(
        component,
        ItemState.MISSING if lacking else ItemState.GIVEN,
        uses,
        lacking,
        awaits_digitisation=component.digitise and on_paper_only,
    )


def _whole(component: Component) -> str:
    asked = []
    if component.original:
        asked.append(ngettext("%(n)d bản chính", "%(n)d bản chính", component.original) % {"n": component.original})
    if component.copies:
        asked.append(ngettext("%(n)d bản sao", "%(n)d bản sao", component.copies) % {"n": component.copies})
    quantity = f" ({', '.join(asked)})" if asked else ""
    return _("Chưa có: %(name)s%(quantity)s.") % {"name": component.name, "quantity": quantity}


def _refused(component: Component, uses: Sequence[Use]) -> Iterable[str]:
    """A use in a form that the component does not accept counts for nothing, and the desk is told."""
    for form in sorted({use.form for use in uses if use.form not in component.accepts}):
        yield _("%(name)s: không nhận %(form)s.") % {"name": component.name, "form": FORM_NAMES[form]}


def _lacking(component: Component, uses: Sequence[Use]) -> Iterable[str]:
    accepted = [use for use in uses if use.form in component.accepts]
    if any(use.form is Form.ELECTRONIC for use in accepted):
        return
    count = {form: sum(use.quantity for use in accepted if use.form is form) for form in PAPER_FORMS}
    originals = max(component.original - count[Form.ORIGINAL], 0)
    spare = max(count[Form.ORIGINAL] - component.original, 0)
    copies = max(component.copies - spare - count[Form.CERTIFIED] - count[Form.PHOTOCOPY], 0)
    if originals:
        yield _("%(name)s: còn thiếu %(n)d bản chính.") % {"name": component.name, "n": originals}
    if copies:
        yield _("%(name)s: còn thiếu %(n)d bản sao.") % {"name": component.name, "n": copies}
    if not accepted and not originals and not copies:
        yield _whole(component)
