"""What may be appended after a signature: pyhanko's rules, without an error in them. No Django in here.

pyhanko 0.38 takes an appearance that was last written before the compared revisions for one written between them,
and then finds a locked field "changed" by any later revision, an archive time-stamp for example. What nobody wrote
is not a change; the rules are otherwise its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    GenericFieldModificationRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    XrefStreamRule,
)
from pyhanko.sign.diff_analysis.form_rules_api import FieldComparisonContext, FieldComparisonSpec, FormUpdate

Updates = Iterable[tuple[ModificationLevel, FormUpdate]]


def _written_between(
    updates: Updates, context: FieldComparisonContext
) -> Iterator[tuple[ModificationLevel, FormUpdate]]:
    for level, update in updates:
        reference = update.updated_ref
        if context.old.reader.xrefs.get_last_change(reference) > context.old.revision:
            yield level, update


class _OtherFields(GenericFieldModificationRule):
    def check_form_field(self, fq_name: str, spec: FieldComparisonSpec, context: FieldComparisonContext) -> Updates:
        return _written_between(super().check_form_field(fq_name, spec, context), context)


class _SignatureFields(SigFieldModificationRule):
    def check_form_field(self, fq_name: str, spec: FieldComparisonSpec, context: FieldComparisonContext) -> Updates:
        return _written_between(super().check_form_field(fq_name, spec, context), context)


POLICY = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(),
        DocInfoRule().as_qualified(ModificationLevel.LTA_UPDATES),
        XrefStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        ObjectStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        DSSCompareRule().as_qualified(ModificationLevel.LTA_UPDATES),
        MetadataUpdateRule().as_qualified(ModificationLevel.LTA_UPDATES),
    ],
    form_rule=FormUpdatingRule(field_rules=[SigFieldCreationRule(), _SignatureFields(), _OtherFields()]),
)
