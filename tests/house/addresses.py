"""Every address of the installation, as the resolver knows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """``portal:dossier``, its route, the module of its view, the parameters it takes with their converters."""

    name: str
    route: str
    module: str
    parameters: tuple[tuple[str, str], ...]


@cache
def every_address() -> tuple[Address, ...]:
    return tuple(_walk(get_resolver("motcua.config.urls"), "", (), ()))


def _walk(
    resolver: URLResolver, route: str, spaces: tuple[str, ...], above: tuple[tuple[str, str], ...]
) -> Iterator[Address]:
    for each in resolver.url_patterns:
        here, parameters = route + str(each.pattern), above + _parameters(each)
        if isinstance(each, URLResolver):
            yield from _walk(each, here, (*spaces, each.namespace) if each.namespace else spaces, parameters)
        else:
            yield Address(":".join((*spaces, each.name or "")), f"/{here}", _module(each), parameters)


def _module(pattern: URLPattern) -> str:
    view: Any = pattern.callback
    return str(getattr(view, "__module__", type(view).__module__))


def _parameters(pattern: URLPattern | URLResolver) -> tuple[tuple[str, str], ...]:
    converters: Any = getattr(pattern.pattern, "converters", {})
    regex: Any = getattr(pattern.pattern, "regex", None)
    names = list(converters) or list(regex.groupindex if regex else ())
    return tuple((name, type(converters[name]).__name__ if name in converters else "regex") for name in names)
