"""Our Vietnamese sentences are their own msgids: no library's catalogue may turn one into something else."""

from __future__ import annotations

import re

from django.utils import translation

from tests.house.sources import SOURCE


def test_no_catalogue_changes_a_vietnamese_sentence() -> None:
    listed = (SOURCE / "locale/en/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    msgids = set(re.findall(r'^msgid "(.+)"$', listed, re.M))
    assert len(msgids) > 500
    with translation.override("vi"):
        changed = {one: translation.gettext(one) for one in msgids if translation.gettext(one) != one}
    assert changed == {}  # "Thu" (money is collected) is Thursday in Django's own catalogue
