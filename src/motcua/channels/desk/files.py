"""Files of dossiers: only through a dossier the officer may see, every reading logged."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from motcua.channels.desk.casework_case import case_of
from motcua.channels.ui.serving import serve
from motcua.channels.ui.signin.middleware import actor_of
from motcua.channels.ui.signin.needed import officer_needed
from motcua.domain.dossiers import queries as dossiers
from motcua.foundation.kernel import clocks
from motcua.foundation.storage import queries as storage


@require_safe
@officer_needed
def file(request: HttpRequest, file_id: UUID) -> HttpResponseBase:
    """Show a file, or hand it over to keep (``?tai=1``). Raises Missing unless a visible dossier refers to it."""
    today = clocks.local(clocks.now()).date()
    dossier_id = dossiers.subject_of_file(file_id, actor=actor_of(request), on=today)
    case_of(request, dossier_id).log("desk:file", gettext_noop("Xem tài liệu của hồ sơ"))
    return serve(request, storage.file(file_id), as_attachment="tai" in request.GET)
