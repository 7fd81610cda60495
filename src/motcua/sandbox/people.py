"""The people of the sample province, as national databases know them: invented, consistent, the same for every server.

Numbers follow TT 59/2021/TT-BCA Điều 4 (province of birth registration, century and sex, year, six digits); tax codes
carry a right check digit. Nobody here exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True)
class Company:
    """An organisation and its legal standing."""

    tax_code: str
    name: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Person:
    """A person as the population database knows them; ``level`` is the electronic identity's (0 = has none)."""

    number: str
    name: str
    sex: str
    born: date
    born_year_only: bool = False
    ethnicity: str = "Kinh"
    religion: str = "Không"
    marital_status: str = "Chưa kết hôn"
    birth_registered_at: str = "Phường Trung Tâm, Tỉnh Mẫu"
    home_town: str = "Xã Đồng Xanh, Tỉnh Mẫu"
    address: str = "Tổ 1, Phường Trung Tâm, Tỉnh Mẫu"
    old_number: str = ""
    phone: str = ""
    email: str = ""
    father: str = ""
    mother: str = ""
    spouse: str = ""
    level: int = 2
    company: Company | None = None

    @property
    def sub(self) -> str:
        """The subject an identity provider gives: stable, and not the personal number itself."""
        return f"tm-{int(self.number) * 7919 % 10**10:010d}"

    @property
    def tech_id(self) -> str:
        """The national portal's account key (TechID)."""
        return f"{self.number[:3]}{int(self.number) * 104729 % 10**12:012d}"


CLEAN_FOOD: Final = Company(
    "2400987627", "Công ty TNHH Thực phẩm Sạch Tỉnh Mẫu", "Số 18 đường Hòa Bình, Phường Trung Tâm, Tỉnh Mẫu"
)
BUILDER: Final = Company(
    "2401315515", "Công ty Cổ phần Xây dựng Đại Phát", "Lô B2, Cụm công nghiệp Đồng Xanh, Xã Đồng Xanh, Tỉnh Mẫu"
)

ACCOUNTS: Final = (
    Person(
        number="001085012345",
        name="Nguyễn Văn An",
        sex="Nam",
        born=date(1985, 3, 12),
        marital_status="Đã kết hôn",
        address="Thôn 2, Xã Đồng Xanh, Tỉnh Mẫu",
        old_number="012345678",
        phone="0912000001",
        email="an.nguyen@example.vn",
        father="Nguyễn Văn Phúc",
        mother="Trần Thị Lan",
        spouse="Trần Thị Bình",
    ),
    Person(
        number="036187004521",
        name="Trần Thị Bình",
        sex="Nữ",
        born=date(1987, 7, 25),
        marital_status="Đã kết hôn",
        home_town="Xã Hải Hậu, tỉnh Ninh Bình",
        address="Thôn 2, Xã Đồng Xanh, Tỉnh Mẫu",
        phone="0912000002",
        email="binh.tran@example.vn",
        father="Trần Văn Khoa",
        mother="Phạm Thị Hoa",
        spouse="Nguyễn Văn An",
    ),
    Person(
        number="038079006712",
        name="Lê Hoàng Cường",
        sex="Nam",
        born=date(1979, 11, 2),
        marital_status="Đã kết hôn",
        home_town="Xã Hoằng Hóa, tỉnh Thanh Hóa",
        old_number="172345671",
        phone="0912000003",
        email="cuong.le@example.vn",
        father="Lê Văn Thọ",
        mother="Nguyễn Thị Nhàn",
        spouse="Phạm Thị Oanh",
    ),
    Person(
        number="031192008843",
        name="Phạm Thị Dung",
        sex="Nữ",
        born=date(1992, 1, 30),
        home_town="Phường Lê Chân, thành phố Hải Phòng",
        phone="0912000004",
        email="dung.pham@example.vn",
        father="Phạm Văn Đạt",
        mother="Vũ Thị Yến",
    ),
    Person(
        number="040068001957",
        name="Hoàng Minh Đức",
        sex="Nam",
        born=date(1968, 5, 19),
        religion="Công giáo",
        marital_status="Đã kết hôn",
        home_town="Xã Nghi Lộc, tỉnh Nghệ An",
        address="Thôn 5, Xã Đồng Xanh, Tỉnh Mẫu",
        old_number="181234567",
        phone="0912000005",
        email="duc.hoang@example.vn",
        father="Hoàng Văn Kính",
        mother="Lê Thị Thảo",
        spouse="Đinh Thị Thu",
    ),
    Person(
        number="034155002364",
        name="Vũ Thị Hạnh",
        sex="Nữ",
        born=date(1955, 12, 8),
        marital_status="Góa",
        home_town="Xã Thái Thụy, tỉnh Hưng Yên",
        old_number="150123456",
        phone="0912000006",
        email="hanh.vu@example.vn",
        father="Vũ Văn Sửu",
        mother="Đào Thị Mùi",
    ),
    Person(
        number="048201007781",
        name="Đặng Quốc Huy",
        sex="Nam",
        born=date(2001, 9, 14),
        home_town="Phường Hải Châu, thành phố Đà Nẵng",
        phone="0912000007",
        email="huy.dang@example.vn",
        father="Đặng Văn Hải",
        mother="Nguyễn Thị Thanh",
    ),
    Person(
        number="001198015526",
        name="Bùi Thị Khánh Linh",
        sex="Nữ",
        born=date(1998, 4, 3),
        home_town="Phường Ba Đình, thành phố Hà Nội",
        phone="0912000008",
        email="linh.bui@example.vn",
        father="Bùi Đức Thắng",
        mother="Lương Thị Hòa",
    ),
    Person(
        number="025090003318",
        name="Đỗ Thành Long",
        sex="Nam",
        born=date(1990, 8, 21),
        religion="Phật giáo",
        marital_status="Ly hôn",
        home_town="Phường Việt Trì, tỉnh Phú Thọ",
        phone="0912000009",
        email="long.do@example.vn",
        father="Đỗ Văn Vượng",
        mother="Hà Thị Minh",
    ),
    Person(
        number="024183009942",
        name="Ngô Thị Mai",
        sex="Nữ",
        born=date(1983, 2, 17),
        marital_status="Đã kết hôn",
        address="Bản Khuôn, Xã Núi Cao, Tỉnh Mẫu",
        phone="0912000010",
        email="mai.ngo@example.vn",
        father="Ngô Văn Tiến",
        mother="Nguyễn Thị Sinh",
        spouse="Lục Văn Tú",
    ),
    Person(
        number="066095004407",
        name="Y Wang Niê",
        sex="Nam",
        born=date(1995, 6, 6),
        ethnicity="Ê Đê",
        religion="Tin Lành",
        home_town="Xã Cư M’gar, tỉnh Đắk Lắk",
        address="Thôn 1, Xã Núi Cao, Tỉnh Mẫu",
        phone="0912000011",
        email="ywang.nie@example.vn",
        father="Y Bhăm Kbuôr",
        mother="H’ Nga Niê",
    ),
    Person(
        number="002304001175",
        name="Lý Thị Phương",
        sex="Nữ",
        born=date(2004, 10, 28),
        ethnicity="Tày",
        home_town="Xã Vị Xuyên, tỉnh Tuyên Quang",
        address="Bản Khuôn, Xã Núi Cao, Tỉnh Mẫu",
        phone="0912000012",
        email="phuong.ly@example.vn",
        father="Lý Văn Páo",
        mother="Hoàng Thị Mẩy",
        level=1,
    ),
    Person(
        number="024075006653",
        name="Trịnh Công Quang",
        sex="Nam",
        born=date(1975, 10, 10),
        marital_status="Đã kết hôn",
        phone="0912000013",
        email="giamdoc@thucphamsach.example.vn",
        father="Trịnh Văn Lộc",
        mother="Mai Thị Hường",
        spouse="Cao Thị Vân",
        company=CLEAN_FOOD,
    ),
    Person(
        number="024181007730",
        name="Mai Thị Sen",
        sex="Nữ",
        born=date(1981, 3, 8),
        marital_status="Đã kết hôn",
        address="Thôn 7, Xã Đồng Xanh, Tỉnh Mẫu",
        phone="0912000014",
        email="giamdoc@daiphat.example.vn",
        father="Mai Văn Chung",
        mother="Tạ Thị Bích",
        spouse="Đoàn Mạnh Hùng",
        company=BUILDER,
    ),
)
"""Twelve citizens and two companies' legal representatives; each has an account with the identity providers."""

WITHOUT_ACCOUNT: Final = (
    Person(
        number="001215034567",
        name="Nguyễn Minh Khôi",
        sex="Nam",
        born=date(2015, 9, 5),
        address="Thôn 2, Xã Đồng Xanh, Tỉnh Mẫu",
        father="Nguyễn Văn An",
        mother="Trần Thị Bình",
        level=0,
    ),
    Person(
        number="001319008912",
        name="Nguyễn Bảo Ngân",
        sex="Nữ",
        born=date(2019, 4, 18),
        address="Thôn 2, Xã Đồng Xanh, Tỉnh Mẫu",
        father="Nguyễn Văn An",
        mother="Trần Thị Bình",
        level=0,
    ),
    Person(
        number="024040000318",
        name="Phan Văn Tâm",
        sex="Nam",
        born=date(1940, 1, 1),
        born_year_only=True,
        marital_status="Góa",
        address="Bản Khuôn, Xã Núi Cao, Tỉnh Mẫu",
        old_number="120012345",
        level=0,
    ),
)
"""Children of the first couple, and an old man of whom only the year of birth is on record."""

EVERYBODY: Final = ACCOUNTS + WITHOUT_ACCOUNT
BY_SUB: Final = {person.sub: person for person in ACCOUNTS}
BY_NUMBER: Final = {person.number: person for person in EVERYBODY}
BY_NAME: Final = {person.name: person for person in EVERYBODY}
