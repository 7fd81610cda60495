"""The nation's calendar for 2025–2028: working hours, public holidays, swapped days.

Holidays are those of the PyPI package `holidays` (Bộ luật Lao động 2019 Điều 111–112; 24/11 from 2026,
Nghị quyết 28/2026/QH16), corrected by the yearly notices of the Ministry of Home Affairs: what the
package lacks is the swap of 02/01/2026 and every make-up working Saturday. Days of 2027 and 2028 are
expected, not yet announced; administrators change them in the calendar.
"""

from datetime import date, time
from typing import Final

from motcua.domain.deadlines.calendars import DayKind, DayRule

NAME: Final = "Lịch chung cả nước"
HOURS: Final = ((time(7, 0), time(11, 30)), (time(13, 30), time(17, 0)))
WEEKDAYS: Final = range(5)

LABOUR_CODE: Final = "Bộ luật Lao động 2019, Điều 112"
MAKE_GOOD: Final = "Bộ luật Lao động 2019, Điều 111 khoản 3"
CULTURE_DAY: Final = "Nghị quyết 28/2026/QH16"
NOTICE_2026: Final = "Thông báo 9441/TB-BNV năm 2025"
SWAP_2025: Final = "Hoán đổi ngày làm việc dịp 30/4 năm 2025"


def _off(year: int, month: int, days: range | tuple[int, ...], name: str, ground: str = LABOUR_CODE) -> list[DayRule]:
    return [DayRule(date(year, month, day), DayKind.HOLIDAY, name, ground) for day in days]


def _work(year: int, month: int, day: int, name: str, ground: str) -> list[DayRule]:
    return [DayRule(date(year, month, day), DayKind.MAKE_UP, name, ground)]


NEW_YEAR: Final = "Tết Dương lịch"
TET: Final = "Tết Âm lịch"
HUNG_KINGS: Final = "Giỗ Tổ Hùng Vương"
VICTORY: Final = "Ngày Chiến thắng 30/4"
LABOUR: Final = "Ngày Quốc tế lao động"
NATIONAL: Final = "Quốc khánh"
CULTURE: Final = "Ngày Văn hóa Việt Nam"

DAYS: Final[tuple[DayRule, ...]] = (
    # 2025
    *_off(2025, 1, (1,), NEW_YEAR),
    *_off(2025, 1, range(27, 32), TET),
    *_off(2025, 2, (1,), TET),
    *_off(2025, 4, (7,), HUNG_KINGS),
    *_work(2025, 4, 26, "Làm bù cho ngày 02/5/2025", SWAP_2025),
    *_off(2025, 4, (30,), VICTORY),
    *_off(2025, 5, (1,), LABOUR),
    *_off(2025, 5, (2,), "Nghỉ hoán đổi với ngày 26/4/2025", SWAP_2025),
    *_off(2025, 9, (1, 2), NATIONAL),
    # 2026
    *_off(2026, 1, (1,), NEW_YEAR),
    *_off(2026, 1, (2,), "Nghỉ hoán đổi với ngày 10/01/2026", NOTICE_2026),
    *_work(2026, 1, 10, "Làm bù cho ngày 02/01/2026", NOTICE_2026),
    *_off(2026, 2, range(16, 21), TET),
    *_off(2026, 4, (26,), HUNG_KINGS),
    *_off(2026, 4, (27,), "Nghỉ bù Giỗ Tổ Hùng Vương", MAKE_GOOD),
    *_off(2026, 4, (30,), VICTORY),
    *_off(2026, 5, (1,), LABOUR),
    *_work(2026, 8, 22, "Làm bù cho ngày 31/8/2026", NOTICE_2026),
    *_off(2026, 8, (31,), "Nghỉ hoán đổi với ngày 22/8/2026", NOTICE_2026),
    *_off(2026, 9, (1, 2), NATIONAL),
    *_off(2026, 11, (24,), CULTURE, CULTURE_DAY),
    # 2027
    *_off(2027, 1, (1,), NEW_YEAR),
    *_off(2027, 2, range(4, 11), TET),
    *_off(2027, 4, (16,), HUNG_KINGS),
    *_off(2027, 4, (30,), VICTORY),
    *_off(2027, 5, (1,), LABOUR),
    *_off(2027, 5, (3,), "Nghỉ bù Ngày Quốc tế lao động", MAKE_GOOD),
    *_off(2027, 9, (2, 3), NATIONAL),
    *_off(2027, 11, (24,), CULTURE, CULTURE_DAY),
    # 2028
    *_off(2028, 1, (1,), NEW_YEAR),
    *_off(2028, 1, (3,), "Nghỉ bù Tết Dương lịch", MAKE_GOOD),
    *_off(2028, 1, range(24, 30), TET),
    *_off(2028, 4, (4,), HUNG_KINGS),
    *_off(2028, 4, (30,), VICTORY),
    *_off(2028, 5, (1,), LABOUR),
    *_off(2028, 5, (2,), "Nghỉ bù Ngày Chiến thắng", MAKE_GOOD),
    *_off(2028, 9, (1, 2), NATIONAL),
    *_off(2028, 9, (4,), "Nghỉ bù Quốc khánh", MAKE_GOOD),
    *_off(2028, 11, (24,), CULTURE, CULTURE_DAY),
)
