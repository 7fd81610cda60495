"""The sign-in's addresses, and a page of each kind that needs somebody."""

from django.http import HttpRequest, JsonResponse
from django.urls import include, path

from motcua.channels.ui.signin.middleware import actor_of
from motcua.channels.ui.signin.needed import officer_needed, person_needed
from motcua.channels.ui.visitor import visitor_of


def who(request: HttpRequest) -> JsonResponse:
    actor, visitor = actor_of(request), visitor_of(request)
    return JsonResponse(
        {
            "kind": actor.kind,
            "principal": actor.principal,
            "party": actor.party_id and str(actor.party_id),
            "acting_for": actor.acting_for_id and str(actor.acting_for_id),
            "position": actor.position_id and str(actor.position_id),
            "request": actor.request_id,
            "name": visitor.name if visitor else "",
            "for": visitor.acting_for if visitor else "",
            "positions": [(one.name, one.current) for one in visitor.positions] if visitor else [],
            "may": sorted(visitor.capabilities) if visitor else [],
        }
    )


urlpatterns = [
    path("", include("motcua.channels.ui.signin.urls")),
    path("ai/", who),
    path("cua-toi/", person_needed(who)),
    path("viec/", officer_needed(who)),
]
