"""The citizens and companies of the sample province, invented; the simulated identity providers know the same people.

So whoever signs in there as one of them finds the dossiers that the sample filed for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

MALE, FEMALE = "Nam", "Nữ"
SEXES = {MALE: "male", FEMALE: "female"}


@dataclass(frozen=True, slots=True)
class Company:
    """An enterprise by its tax code; ``street`` is its head office without ward and province."""

    tax_code: str
    name: str
    street: str
    ward: str


@dataclass(frozen=True, slots=True)
class Citizen:
    """A person with an account; one with a company represents it."""

    number: str
    name: str
    sex: str
    born: date
    street: str
    ward: str
    phone: str
    email: str
    company: Company | None = None

    @property
    def address(self) -> dict[str, str]:
        """The address as forms keep it."""
        return {"province": "Tỉnh Mẫu", "ward": self.ward, "detail": self.street}

    @property
    def particulars(self) -> dict[str, str]:
        """The person as forms keep one."""
        return {
            "full_name": self.name,
            "birth_on": self.born.isoformat(),
            "personal_number": self.number,
            "sex": SEXES[self.sex],
        }

    @property
    def claims(self) -> dict[str, Any]:
        """What the national portal's identity provider says of them, with the keys it gives its accounts."""
        place = f"{self.street}, {self.ward}, Tỉnh Mẫu"
        told = {
            "sub": f"tm-{int(self.number) * 7919 % 10**10:010d}",
            "TechID": f"{self.number[:3]}{int(self.number) * 104729 % 10**12:012d}",
            "LoaiTaiKhoan": "2" if self.company else "1",
            "SoDinhDanh": self.number,
            "HoVaTen": self.name,
            "NgayThangNamSinh": self.born.strftime("%Y%m%d"),
            "GioiTinh": self.sex,
            "ThuongTru": place,
            "NoiOHienNay": place,
            "QuocTich": "Việt Nam",
            "SoDienThoai": self.phone,
            "ThuDienTu": self.email,
            "loAs": "2",
        }
        if self.company:
            told |= {
                "MaSoThue": self.company.tax_code,
                "MaSoDoanhNghiep": self.company.tax_code,
                "TenDoanhNghiep": self.company.name,
                "DiaChi": f"{self.company.street}, {self.company.ward}, Tỉnh Mẫu",
                "NguoiDaiDien": self.name,
            }
        return told


TRUNG_TAM, DONG_XANH, NUI_CAO = "Phường Trung Tâm", "Xã Đồng Xanh", "Xã Núi Cao"
CLEAN_FOOD = Company("2400987627", "Công ty TNHH Thực phẩm Sạch Tỉnh Mẫu", "Số 18 đường Hòa Bình", TRUNG_TAM)
BUILDER = Company("2401315515", "Công ty Cổ phần Xây dựng Đại Phát", "Lô B2, Cụm công nghiệp Đồng Xanh", DONG_XANH)


def _one(number: str, name: str, sex: str, born: str, street: str, ward: str, contact: str, **more: Any) -> Citizen:
    phone, email = contact.split()
    return Citizen(
        number,
        name,
        sex,
        date.fromisoformat(born),
        street,
        ward,
        phone,
        f"{email}.example.vn" if not email.endswith("@") else f"{email}example.vn",
        **more,
    )


AN = _one("001085012345", "Nguyễn Văn An", MALE, "1985-03-12", "Thôn 2", DONG_XANH, "0912000001 an.nguyen@")
BINH = _one("036187004521", "Trần Thị Bình", FEMALE, "1987-07-25", "Thôn 2", DONG_XANH, "0912000002 binh.tran@")
CUONG = _one("038079006712", "Lê Hoàng Cường", MALE, "1979-11-02", "Tổ 1", TRUNG_TAM, "0912000003 cuong.le@")
DUNG = _one("031192008843", "Phạm Thị Dung", FEMALE, "1992-01-30", "Tổ 1", TRUNG_TAM, "0912000004 dung.pham@")
DUC = _one("040068001957", "Hoàng Minh Đức", MALE, "1968-05-19", "Thôn 5", DONG_XANH, "0912000005 duc.hoang@")
HANH = _one("034155002364", "Vũ Thị Hạnh", FEMALE, "1955-12-08", "Tổ 1", TRUNG_TAM, "0912000006 hanh.vu@")
HUY = _one("048201007781", "Đặng Quốc Huy", MALE, "2001-09-14", "Tổ 1", TRUNG_TAM, "0912000007 huy.dang@")
LINH = _one("001198015526", "Bùi Thị Khánh Linh", FEMALE, "1998-04-03", "Tổ 1", TRUNG_TAM, "0912000008 linh.bui@")
LONG = _one("025090003318", "Đỗ Thành Long", MALE, "1990-08-21", "Tổ 1", TRUNG_TAM, "0912000009 long.do@")
MAI = _one("024183009942", "Ngô Thị Mai", FEMALE, "1983-02-17", "Bản Khuôn", NUI_CAO, "0912000010 mai.ngo@")
YWANG = _one("066095004407", "Y Wang Niê", MALE, "1995-06-06", "Thôn 1", NUI_CAO, "0912000011 ywang.nie@")
QUANG = _one(
    "024075006653", "Trịnh Công Quang", MALE, "1975-10-10", "Tổ 1", TRUNG_TAM, "0912000013 giamdoc@thucphamsach",
    company=CLEAN_FOOD,
)  # fmt: skip
SEN = _one(
    "024181007730", "Mai Thị Sen", FEMALE, "1981-03-08", "Thôn 7", DONG_XANH, "0912000014 giamdoc@daiphat",
    company=BUILDER,
)  # fmt: skip
EVERYBODY = (AN, BINH, CUONG, DUNG, DUC, HANH, HUY, LINH, LONG, MAI, YWANG, QUANG, SEN)
