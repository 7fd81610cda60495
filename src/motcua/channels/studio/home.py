"""The makers' first page: what can be looked after from here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.channels.studio.guard import LOOKING, needs
from motcua.foundation.organisation.types import Capability


@require_safe
@needs(*LOOKING, Capability.ADMINISTER_ACCOUNTS, Capability.OPERATE)
def home(request: HttpRequest) -> HttpResponse:
    """Lead to every part that this visitor has business with."""
    return render(request, "studio/home.html")
