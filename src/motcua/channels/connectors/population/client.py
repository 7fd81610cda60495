"""Ask the population database about one person, for a stated purpose, in the name of an officer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, cast
from urllib.parse import urlsplit

import httpx
from django.utils.translation import gettext_lazy as _

from motcua.foundation.exchange.ports import Answerer
from motcua.foundation.identity.ports import POPULATION, VERIFY, PersonAnswer, PersonVerdict
from motcua.foundation.identity.types import BirthPrecision, Sex
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Unavailable
from motcua.foundation.kernel.identifiers import new_id
from motcua.foundation.kernel.text import one_line

TIMEOUT: Final = 5.0
SOURCE: Final = "CSDL quốc gia về dân cư"
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
VERDICTS: Final = {
    "1": PersonVerdict.MATCH,
    "2": PersonVerdict.NO_MATCH,
    "3": PersonVerdict.UNKNOWN,
    "4": PersonVerdict.UNDECIDED,
}
# Our attribute → the database's. Parents, spouse and religion are not asked for by any form: not kept, not shown.
ATTRIBUTES: Final = {
    "name": "HoVaTen",
    "birth_on": "NgayThangNamSinh",
    "sex": "GioiTinh",
    "ethnic_group": "DanToc",
    "nationality": "QuocTich",
    "birthplace": "NoiDangKyKhaiSinh",
    "hometown": "QueQuan",
    "permanent_address": "ThuongTru",
    "present_address": "NoiOHienNay",
}
SILENT: Final = _("Cơ sở dữ liệu dân cư chưa trả lời. Hãy đối chiếu bằng giấy tờ và thử lại sau.")
UNCLEAR: Final = _("Cơ sở dữ liệu dân cư trả lời không đúng định dạng. Hãy báo quản trị viên.")


class WrongSettings(ValueError):
    """The address would send personal data in clear."""


def answerers(systems: Mapping[str, Any]) -> dict[tuple[str, str], Answerer]:
    """Return who answers ``verify``, as ``exchange.ports.register`` takes it."""
    if POPULATION not in systems:
        return {}
    return {(POPULATION, VERIFY): cast("Answerer", Population(systems[POPULATION]).verify)}


class Population:
    """The client. ``found`` has endpoint and api_key; integration_code (MaTichHop) when the database gave one."""

    def __init__(self, found: Mapping[str, Any], *, http: httpx.Client | None = None) -> None:
        self._found = found
        self._http = http or httpx.Client(timeout=TIMEOUT, trust_env=False, follow_redirects=False)
        parts = urlsplit(str(found["endpoint"]))
        if parts.scheme != "https" and parts.hostname not in LOOPBACK:
            raise WrongSettings(f"the population database must be reached by https, not {found['endpoint']}")

    def verify(
        self,
        *,
        name: str,
        number: str,
        birth_on: date,
        purpose: str,
        asked_by: str,
        service: str,
        birth_precision: BirthPrecision = BirthPrecision.DAY,
    ) -> PersonAnswer:
        """Ask whether name, number and birth are one person's. Every part is required by law, the purpose too.

        asked_by: who asks (MaCanBo), service: for which procedure (MaDVC). Raises Invalid when the database refuses the
        question, Unavailable when it does not answer within five seconds.
        """
        request = new_id().hex
        day_known = birth_precision is BirthPrecision.DAY
        question = {
            "MaYeuCau": request,
            "MaTichHop": str(self._found.get("integration_code", "motcua")),
            "MaDVC": service,
            "MaCanBo": asked_by,
            "HoVaTen": name,
            "SoDinhDanh": number,
            "NgayThangNam" if day_known else "Nam": f"{birth_on:%Y%m%d}" if day_known else f"{birth_on:%Y}",
            "MucDich": purpose,
        }
        answer = self._ask(question)
        verdict = VERDICTS.get(str(answer.get("MaKetQua")))
        if verdict is None:
            raise Unavailable(UNCLEAR, retry=False)
        told = answer.get("DuLieu")
        values = _values(told) if verdict is PersonVerdict.MATCH and isinstance(told, Mapping) else {}
        return PersonAnswer(verdict, values, SOURCE, request)

    def _ask(self, question: Mapping[str, str]) -> Mapping[str, Any]:
        head = {"Authorization": f"Bearer {self._found['api_key']}"}
        try:
            response = self._http.post(str(self._found["endpoint"]), json=dict(question), headers=head)
            answer = response.json() if response.status_code in (200, 400) else None
        except httpx.HTTPError as problem:
            raise Unavailable(SILENT, retry=True) from problem
        except ValueError as problem:
            raise Unavailable(UNCLEAR, retry=False) from problem
        if not isinstance(answer, dict):
            raise Unavailable(SILENT, retry=response.status_code >= 500, status=response.status_code)
        if response.status_code == 400:
            said = _("Cơ sở dữ liệu dân cư không nhận yêu cầu: %(why)s") % {"why": str(answer.get("MoTa", ""))[:300]}
            raise Invalid((FieldProblem("number", said),))
        return answer


def _values(told: Mapping[str, Any]) -> dict[str, str]:
    found = {ours: one_line(str(told.get(theirs) or ""), 500) for ours, theirs in ATTRIBUTES.items()}
    found["sex"] = Sex.read(found["sex"]).value if found["sex"] else ""
    found["birth_on"] = _iso(found["birth_on"])
    return {name: value for name, value in found.items() if value}


def _iso(text: str) -> str:
    """YyyyMMdd → ISO; a bare year is no date and is left out."""
    try:
        return datetime.strptime(text, "%Y%m%d").date().isoformat()  # noqa: DTZ007 - a calendar date has no zone
    except ValueError:
        return ""
