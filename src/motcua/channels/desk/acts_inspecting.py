"""Record an inspection on the spot: team, findings, passed or what to mend until when."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.channels.desk.acts import Act, Ask, Page
from motcua.channels.desk.acts_typed import Typed
from motcua.domain.dossiers import commands
from motcua.domain.dossiers import queries as dossiers
from motcua.foundation.kernel.errors import FieldProblem, Invalid

TEAM, FINDINGS = ("name", "title", "role"), ("content", "passed", "note")
SPARE = 3


class RecordInspection(Act):
    """Write the minutes of an inspection; they are issued as a paper at once."""

    button = gettext_lazy("Lập biên bản")
    done = gettext_lazy("Đã lập biên bản thẩm định.")
    template = "desk/casework/inspection.html"

    def consequences(self) -> list[str]:
        done = len(dossiers.inspections(self.case.id, actor=self.case.actor, on=self.case.on))
        return [
            _("Biên bản thẩm định lần %(number)s được lập, có số và in được ngay.") % {"number": done + 1},
            _("Biên bản đã lập không sửa được; sai thì lập biên bản mới."),
        ]

    def page(self) -> Page:
        results = (("yes", _("Đạt"), ""), ("no", _("Không đạt, cần khắc phục"), ""))
        return Page(
            more={
                "when": (
                    Ask("day", _("Ngày thẩm định"), "date"),
                    Ask("began", _("Bắt đầu lúc"), "time"),
                    Ask("ended", _("Kết thúc lúc"), "time"),
                    Ask("place", _("Địa điểm"), "text"),
                    Ask("decision_number", _("Số quyết định thành lập đoàn"), "text", needed=False),
                ),
                "conclusion": (
                    Ask("passed", _("Kết luận"), "radios", options=results),
                    Ask("to_mend", _("Nội dung cần khắc phục"), hint=_("Mỗi dòng một việc."), needed=False),
                    Ask("mend_until", _("Khắc phục trước ngày"), "date", needed=False),
                    Ask("host_name", _("Đại diện cơ sở"), "text", needed=False),
                    Ask("host_title", _("Chức vụ của người đại diện"), "text", needed=False),
                    Ask("host_opinion", _("Ý kiến của cơ sở"), lines=2, needed=False),
                ),
                "spare": SPARE,
            }
        )

    def do(self, typed: Typed) -> str:
        minutes = read(typed)
        paper = commands.record_inspection(
            task_id=self.task.id,
            minutes=minutes,
            expected=typed.expected(),
            actor=self.case.actor,
            at=self.case.at,
        )
        return str(paper)


def read(typed: Typed) -> commands.Findings:
    """Read the minutes. Raises Invalid."""
    if typed.text("passed") not in {"yes", "no"}:
        raise Invalid((FieldProblem("passed", _("Hãy chọn đạt hay không đạt.")),))
    began, ended = typed.moment("day", "began"), typed.moment("day", "ended")
    if ended < began:
        raise Invalid((FieldProblem("ended", _("Giờ kết thúc phải sau giờ bắt đầu.")),))
    findings = [
        commands.Finding(row["content"], passed=row["passed"] != "no", note=row["note"])
        for row in typed.rows("findings", FINDINGS)
    ]
    return commands.Findings(
        inspected_at=began,
        ended_at=ended,
        place=typed.text("place"),
        decision_number=typed.text("decision_number"),
        team=tuple(commands.Member(**row) for row in typed.rows("team", TEAM)),
        findings=tuple(findings),
        passed=typed.text("passed") == "yes",
        to_mend=typed.lines("to_mend"),
        mend_until=typed.day("mend_until", needed=False),
        host_name=typed.text("host_name"),
        host_title=typed.text("host_title"),
        host_opinion=typed.text("host_opinion"),
    )
