"""The template environment of every channel: GOV.UK's macros and ours, gettext, formats, hashed static files.

A name a template reads but nobody gave is an error at once; only the parameter dictionaries of GOV.UK's macros may
be read leniently, as those macros expect.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from jinja2 import BaseLoader, ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

from motcua.channels.ui import assets, formats
from motcua.channels.ui.eform.answers import answer_of
from motcua.channels.ui.hall import Hall
from motcua.foundation.kernel.identifiers import new_id

# {{ a if b }} without an else, and {% if caller %} in a macro nobody called with a block.
_EMPTY_BY_INTENT = ("the inline if-expression", "No caller defined")


class Careful(ChainableUndefined):
    """Undefined that fails when used, except as a missing key of a dictionary (GOV.UK's ``params``)."""

    def _must_be_a_key(self) -> None:
        if not (self._undefined_hint or "").startswith(_EMPTY_BY_INTENT) and not isinstance(
            self._undefined_obj, dict | ChainableUndefined
        ):
            self._fail_with_undefined_error()

    def __str__(self) -> str:
        self._must_be_a_key()
        return ""

    def __html__(self) -> str:
        return self.__str__()

    def __bool__(self) -> bool:
        self._must_be_a_key()
        return False

    def __iter__(self) -> Any:
        self._must_be_a_key()
        return iter(())

    def __len__(self) -> int:
        self._must_be_a_key()
        return 0

    def __eq__(self, other: object) -> bool:
        self._must_be_a_key()
        return type(self) is type(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = ChainableUndefined.__hash__

    def __getattr__(self, name: str) -> Any:
        if name[:2] == "__":
            raise AttributeError(name)
        self._must_be_a_key()
        return Careful(name=name, obj={})

    def __getitem__(self, _name: str) -> Any:
        self._must_be_a_key()
        return Careful(name=str(_name), obj={})


def url(name: str, *args: object, **kwargs: object) -> str:
    """Return the address of a view. Raises NoReverseMatch."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def once(request_id: str = "") -> Markup:
    """Return the hidden field that makes a form happen once: the same id sent twice gives the first outcome."""
    return Markup('<input type="hidden" name="request_id" value="{}">').format(request_id or new_id())


def environment(*, loader: BaseLoader, **options: Any) -> Environment:
    """Return the environment Django's Jinja2 backend renders with."""
    options.pop("undefined", None)
    made = Environment(  # noqa: S701 — Django hands autoescape=True in the options
        loader=ChoiceLoader([loader, PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})]),
        undefined=Careful,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        **options,
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    made.filters.update(formats.FILTERS)
    made.globals.update(
        answer_of=answer_of,
        hall=Hall,
        icon=assets.icon,
        needed=assets.needed,
        null=None,  # GOV.UK's macros say null and undefined, as Nunjucks does
        undefined=Careful(name="undefined", obj={}),
        once=once,
        static=assets.static,
        url=url,
    )
    return made
