"""Rows as other rooms see them."""

from __future__ import annotations

from motcua.domain.documents import models, types


def use(row: models.Use) -> types.Use:
    """Return a use; ``row`` comes with its type, version and removal."""
    version = row.version
    removal = getattr(row, "removal", None)
    return types.Use(
        id=row.id,
        subject_id=row.subject_id,
        component_key=row.component_key,
        kind=types.UseKind(row.kind),
        type_code=row.type.code,
        name=version.name if version and version.name else row.type.name,
        source=row.source,
        given_at=row.given_at,
        given_by=row.given_by,
        form=types.Form(row.form),
        quantity=row.quantity,
        note=row.note,
        document_id=version.document_id if version else None,
        version_id=version.id if version else None,
        version=version.version if version else None,
        file_id=version.file_id if version else None,
        removed_at=removal.removed_at if removal else None,
        removed_why=removal.reason if removal else "",
    )


def paper(row: models.Paper) -> types.Paper:
    """Return a paper."""
    return types.Paper(
        id=row.id,
        kind=row.kind,
        title=row.title,
        subject_id=row.subject_id,
        agency_id=row.agency_id,
        state=types.PaperState(row.state),
        validity=types.Validity(row.validity),
        number=row.number_text,
        issued_on=row.issued_on,
        issued_at=row.issued_at,
        drafted_at=row.drafted_at,
        file_id=row.file_id,
        token=row.token,
        template_version=row.template.version,
        data_digest=row.data_digest,
        valid_until=row.valid_until,
        scope=row.scope,
        replaced_by_id=row.replaced_by_id,
        void_why=row.void_why,
    )


def template(row: models.PaperTemplate) -> types.TemplateView:
    """Return a version of a template."""
    return types.TemplateView(
        id=row.id,
        kind=row.kind,
        version=row.version,
        title=row.title,
        symbol=row.symbol,
        size=types.PaperSize(row.size),
        source=row.source,
        is_built_in=row.is_built_in,
        valid_from=row.valid_from,
        made_at=row.made_at,
        made_by=row.made_by,
        note=row.note,
    )
