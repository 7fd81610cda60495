"""The dossier page: what is asked of me, what I need to know, and everything in the file behind tabs (TT 11/2025 15.2)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from motcua.channels.desk import casework_facts, casework_mine, casework_tabs
from motcua.channels.desk.casework_case import case_of
from motcua.channels.ui.signin.needed import officer_needed


@require_safe
@officer_needed
def dossier(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Show the dossier with one of its parts."""
    case = case_of(request, dossier_id)
    tab = casework_tabs.chosen(request.GET.get("tab", ""))
    case.log(f"desk:dossier:{tab.key}", gettext_noop("Giải quyết hồ sơ"))
    context = {
        "case": case,
        "dossier": case.dossier,
        "now": case.at,
        "head": casework_facts.head(case),
        "mine": casework_mine.mine(case),
        "facts": casework_facts.facts(case),
        "tabs": casework_tabs.links(case, tab),
        "tab_template": tab.template,
        **tab.content(case),
    }
    return render(request, "desk/casework/page.html", context)
