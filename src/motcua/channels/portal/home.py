"""The home page (TT 21/2023 Phụ lục III), pages that explain, and what search engines read."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.channels.portal.procedures import search_box
from motcua.domain.catalog import queries as catalog
from motcua.domain.catalog.types import SubjectKind
from motcua.foundation.kernel.clocks import local, now
from motcua.foundation.organisation import queries as organisation

CITIZENS = (SubjectKind.CITIZEN, SubjectKind.FOREIGNER)
BUSINESSES = (SubjectKind.BUSINESS, SubjectKind.ORGANISATION)
PAGES = {"help": "portal/help.html", "privacy": "portal/privacy.html", "accessibility": "portal/accessibility.html"}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the home page, or, where the national portal is the main door, the way there."""
    if not settings.MOTCUA.own_home_page:
        return render(request, "portal/plain_home.html", {"progress": sample_progress()})
    context = {
        **search_box(),
        "columns": (
            ("citizen", catalog.fields(subjects=CITIZENS)),
            ("business", catalog.fields(subjects=BUSINESSES)),
        ),
        "progress": sample_progress(),
    }
    return render(request, "portal/home.html", context)


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """Show a page of explanations."""
    if name not in PAGES:
        raise Http404
    return render(request, PAGES[name], {"desks": organisation.desks(local(now()).date())})


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Let search engines find procedures and nothing of anybody."""
    closed = (
        "/ho-so/",
        "/thanh-toan/",
        "/thong-bao/",
        "/tra-cuu/?",
        "/xac-minh/",
        "/dang-nhap/",
        "/can-bo/",
        "/quan-tri/",
    )
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {settings.MOTCUA.public_url}{reverse('portal:sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the home page and every procedure (TT21-PL6-3)."""
    found = catalog.search(limit=50_000)
    paths = [reverse("portal:home"), reverse("portal:procedures"), reverse("portal:look_up")]
    paths += [reverse("portal:procedure", args=[one.code]) for one in found]
    context = {"addresses": [f"{settings.MOTCUA.public_url}{path}" for path in paths]}
    return render(request, "portal/sitemap.xml", context, content_type="application/xml")


def sample_progress() -> dict[str, Any] | None:
    """Return how far the sample province is (``done``, ``total``, ``what``), None when it is whole or not played."""
    try:
        told = json.loads((settings.MOTCUA.home / "sample.progress.json").read_text(encoding="utf-8"))
        done, total, what = int(told["done"]), int(told["total"]), str(told["what"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return {"done": done, "total": total, "what": what} if done < total else None
