"""Agencies with their departments, positions and desks; the table of rights."""

from __future__ import annotations

from itertools import groupby
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.channels.studio import words
from motcua.channels.studio.guard import LOOKING, needs, scope_of, today
from motcua.foundation.organisation import queries
from motcua.foundation.organisation.types import Capability, GrantRow, HolderKind, Role


@require_safe
@needs(*LOOKING, Capability.ADMINISTER_ACCOUNTS)
def agencies(request: HttpRequest) -> HttpResponse:
    """Show the tree of agencies, those that ended too."""
    tree = queries.tree()
    names = {agency.id: agency.name for _depth, agency in tree}
    return render(request, "studio/agencies.html", {"tree": tree, "names": names, "words": words, "on": today()})


@require_safe
@needs(*LOOKING, Capability.ADMINISTER_ACCOUNTS)
def agency(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """Show one agency: where it stands, its departments, positions with who holds them, desks."""
    found, on = queries.agency(agency_id), today()
    related = queries.agencies(one for one in (found.parent_id, found.successor_id) if one)
    context = {
        "agency": found,
        "related": related,
        "departments": queries.departments(agency_id, on),
        "positions": queries.positions_at(agency_id, on),
        "desks": queries.desks(on, agency_id),
        "groups": queries.groups(agency_id),
        "is_ours": scope_of(request, Capability.ADMINISTER_ACCOUNTS).covers(agency_id=agency_id),
        "words": words,
        "on": on,
    }
    return render(request, "studio/agency.html", context)


@require_safe
@needs(Capability.ADMINISTER_ORGANISATION)
def rights(request: HttpRequest) -> HttpResponse:
    """Show who may do what: by role, then what positions, groups and persons have besides (TT11-1.2c)."""
    found = queries.grants(today())
    by_role = {
        Role(holder): _by_scope(list(rows))
        for holder, rows in groupby((g for g in found if g.holder_kind is HolderKind.ROLE), key=lambda g: g.holder)
    }
    others = [grant for grant in found if grant.holder_kind is not HolderKind.ROLE]
    return render(request, "studio/rights.html", {"by_role": by_role, "others": others, "words": words})


def _by_scope(rows: list[GrantRow]) -> list[tuple[GrantRow, list[str]]]:
    """The rights of a role, one line for each reach: an example of it, and the words of its capabilities."""
    lines: dict[tuple[object, ...], tuple[GrantRow, list[str]]] = {}
    for row in rows:
        reach = (row.scope, row.agency_name, row.department_name, row.procedures, row.valid_to)
        lines.setdefault(reach, (row, []))[1].append(str(words.CAPABILITIES[row.capability]))
    return list(lines.values())
