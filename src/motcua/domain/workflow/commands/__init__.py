"""The verbs of workflow."""

from motcua.domain.workflow.commands.ask_opinion import ask_opinion, take_silence
from motcua.domain.workflow.commands.assign_task import assign_task, hand_over_task
from motcua.domain.workflow.commands.claim_task import claim_task
from motcua.domain.workflow.commands.complete_task import complete_task
from motcua.domain.workflow.commands.deliver_message import deliver_message, retry_parked, wake_run
from motcua.domain.workflow.commands.end_run import end_run
from motcua.domain.workflow.commands.hold_run import hold_run, release_run
from motcua.domain.workflow.commands.publish_process import publish_process
from motcua.domain.workflow.commands.require_task import require_task
from motcua.domain.workflow.commands.return_task import return_task
from motcua.domain.workflow.commands.start_run import start_run

__all__ = [
    "ask_opinion",
    "assign_task",
    "claim_task",
    "complete_task",
    "deliver_message",
    "end_run",
    "hand_over_task",
    "hold_run",
    "publish_process",
    "release_run",
    "require_task",
    "retry_parked",
    "return_task",
    "start_run",
    "take_silence",
    "wake_run",
]
