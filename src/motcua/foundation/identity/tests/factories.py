"""People, numbers and actors for tests."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from motcua.foundation.identity import commands, numbers, queries, totp
from motcua.foundation.identity.types import Identifier, IdentifierKind, Party, Sex
from motcua.foundation.kernel import actor as actors
from motcua.foundation.kernel.actor import Actor, ActorKind, Channel
from motcua.foundation.kernel.identifiers import new_id

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # 10:00 in Vietnam
PASSWORD = "con trâu đi trước cái cày"
_serial = itertools.count(1)


def system() -> Actor:
    return actors.system("tests")


def anonymous() -> Actor:
    return Actor(ActorKind.ANONYMOUS, "session:test", Channel.DESK, str(new_id()))


def citizen(party_id: UUID, account_id: UUID | None = None) -> Actor:
    return Actor(
        ActorKind.PERSON, f"account:{account_id}", Channel.PORTAL, str(new_id()), account_id, party_id, party_id
    )


def personal_number(sex: Sex = Sex.MALE, year: int = 1985, place: str = "040") -> str:
    century = 2 * ((year - 1900) // 100) + (sex is Sex.FEMALE)
    return f"{place}{century}{year % 100:02d}{next(_serial):06d}"


def tax_code() -> str:
    while True:
        first = f"01{next(_serial):07d}"
        if (digit := numbers.tax_check_digit(first)) != 10:
            return f"{first}{digit}"


def person(name: str = "Trần Thị Bưởi", sex: Sex = Sex.FEMALE, birth_on: date = date(1985, 3, 4), **more: str) -> Party:
    number = more.pop("number", "") or personal_number(sex, birth_on.year)
    identifiers = [Identifier(IdentifierKind.PERSONAL_NUMBER, number)]
    return commands.register_person(
        name=name, sex=sex, birth_on=birth_on, identifiers=identifiers, actor=system(), at=AT, **more
    )


class OfficerAccount:
    """An activated officer's account whose code application runs on a clock of its own."""

    def __init__(self, username: str = "nguyenvana", *, activate: bool = True) -> None:
        self.username = username
        self.invitation = commands.create_officer_account(username=username, actor=system(), at=AT)
        self.id = self.invitation.account_id
        if activate:
            self.activate()

    def activate(self) -> None:
        enrolment = commands.begin_activation(secret=self.invitation.secret, installation="Tỉnh Mẫu", at=AT)
        self.secret = enrolment.secret
        self.recovery_codes = commands.activate_account(
            secret=self.invitation.secret, password=PASSWORD, code=self.code(AT), actor=anonymous(), at=AT
        )

    def code(self, at: datetime) -> str:
        return totp.code_at(self.secret, at)

    def give_password(self, password: str = PASSWORD, at: datetime = AT, address: str = "10.0.0.1"):
        return commands.check_password(
            username=self.username, password=password, address=address, device="test", actor=anonymous(), at=at
        )

    def give_code(self, code: str, at: datetime):
        return commands.check_code(
            account_id=self.id, code=code, address="10.0.0.1", device="test", actor=anonymous(), at=at
        )

    def actor(self) -> Actor:
        return Actor(ActorKind.OFFICER, f"account:{self.id}", Channel.DESK, str(new_id()), account_id=self.id)


def later(**parts: float) -> datetime:
    return AT + timedelta(**parts)


__all__ = ["queries"]
