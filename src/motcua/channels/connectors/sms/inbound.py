"""Delivery reports of the gateway."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from motcua.channels.connectors import signed
from motcua.foundation.exchange import commands as exchange
from motcua.foundation.kernel.actor import Actor, ActorKind, Channel
from motcua.foundation.kernel.clocks import now


@csrf_exempt
@require_POST
def report(request: HttpRequest) -> HttpResponse:
    """Keep the report once; it is signed with the shared secret. 401 forged, 404 where no gateway is connected."""
    if "sms" not in settings.MOTCUA.systems:
        return HttpResponse(status=404)
    secret = str(settings.MOTCUA.systems["sms"]["report_secret"])
    if not signed.is_genuine(request.headers, request.body, secret):
        return HttpResponse(status=401)
    message_id = request.headers["X-Sandbox-Message-Id"]
    partner = Actor(ActorKind.PARTNER, "partner:sms", Channel.CONNECTOR, message_id)
    body = json.loads(request.body)
    exchange.receive(system="sms", kind="report", remote_id=message_id, body=body, actor=partner, at=now())
    return HttpResponse(status=204)
