"""What comes in: the platform's notification (IPN), and the payer's browser on its way back."""

from __future__ import annotations

import json
from urllib.parse import quote

from django.http import HttpRequest, HttpResponseRedirect, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from motcua.channels.connectors.payplat.client import NAME, PayPlat
from motcua.channels.connectors.payplat.noting import FORGED, note
from motcua.domain.payments import ports
from motcua.foundation.kernel.clocks import now

LARGEST = 64 * 1024


@csrf_exempt
@require_POST
def notification(request: HttpRequest) -> JsonResponse:
    """IPN, server to server; proven by its checksum, so it needs no session and no CSRF token."""
    try:
        found = ports.gateway(NAME).verify(_fields(request))
    except (ValueError, ports.Forged):
        return JsonResponse({"error_code": FORGED, "message": "MaXacThuc không đúng"}, status=400)
    code, sentence = note(found, at=now())
    return JsonResponse({"error_code": code, "message": sentence})


@require_GET
def return_page(request: HttpRequest) -> HttpResponseRedirect:
    """The payer comes back with the same fields: noted too (the IPN may be late), then shown where it stands.

    Raises Forged for an address somebody made up.
    """
    gateway = ports.gateway(NAME)
    found = gateway.verify(request.GET.dict())
    note(found, at=now())
    page = gateway.settings.page if isinstance(gateway, PayPlat) else "/"
    return HttpResponseRedirect(page.format(reference=quote(found.reference, safe="")))


def _fields(request: HttpRequest) -> dict[str, str]:
    """The fields of a JSON object, or of a form. Raises ValueError."""
    if request.content_type != "application/json":
        return request.POST.dict()
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        raise ValueError("too long")
    body = json.loads(request.body)
    if not isinstance(body, dict):
        raise ValueError("not an object")
    return {str(name): str(value) for name, value in body.items() if isinstance(value, (str, int))}
