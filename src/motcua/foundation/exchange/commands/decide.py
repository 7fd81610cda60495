"""What an administrator decides about a message that cannot leave: try again, or skip with a reason."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.foundation.exchange.models import Lane, Message
from motcua.foundation.exchange.types import MessageState
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import Missing


@transaction.atomic
def retry(*, message_id: UUID, actor: Actor, at: datetime) -> None:
    """Put a parked message back at the head of its lane. Raises Missing."""
    message = _parked(message_id)
    message.state, message.attempts, message.decided_by = MessageState.WAITING, 0, actor.principal
    message.save()
    _open_lane(message, at)


@transaction.atomic
def skip(*, message_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """Let the lane go on without this message; the reason stays on it. Raises Missing."""
    message = _parked(message_id)
    message.state, message.why, message.decided_by = MessageState.SKIPPED, reason, actor.principal
    message.save()
    _open_lane(message, at)


def _parked(message_id: UUID) -> Message:
    message = Message.objects.select_for_update().filter(id=message_id, state=MessageState.PARKED).first()
    if message is None:
        raise Missing(_("Không có bản tin nào đang bị giữ lại với mã này."))
    return message


def _open_lane(message: Message, at: datetime) -> None:
    Lane.objects.filter(system=message.system, subject_id=message.subject_id).update(
        parked_at=None, next_try_at=at, has_work=True
    )
