"""The agencies, desks and officers of the sample province, as data.

Nobody here exists. The leaders' names and the agencies' names are those in the certificates of the simulated signing
service.
"""

from __future__ import annotations

from dataclasses import dataclass

from motcua.foundation.organisation.types import AgencyKind, Role, SigningForm

QUALITY = "Phòng Quản lý chất lượng nông lâm sản và thủy sản"

PROVINCE = "H99"
CENTRE = "H99.02"
INDUSTRY = "H99.05"
ENVIRONMENT = "H99.08"
LAND_OFFICE = "H99.08.01"
LAND_BRANCH = "H99.08.01.01"
DONG_XANH = "H99.31"
DONG_XANH_CENTRE = "H99.31.01"
TRUNG_TAM = "H99.32"
TRUNG_TAM_CENTRE = "H99.32.01"
NUI_CAO = "H99.33"
NUI_CAO_CENTRE = "H99.33.01"
TAX_OFFICE = "H99.90"


@dataclass(frozen=True, slots=True)
class AgencySeed:
    """An agency to create; the one above has the code without its last group."""

    code: str
    name: str
    kind: AgencyKind
    address: str
    phone: str
    departments: tuple[str, ...] = ()
    desk: bool = False

    @property
    def parent(self) -> str:
        """The code of the agency above, empty for the root."""
        return self.code.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Post:
    """A position that an officer holds."""

    agency: str
    title: str
    role: Role
    department: str = ""
    signing_form: SigningForm = SigningForm.HEAD
    delegation: str = ""


@dataclass(frozen=True, slots=True)
class OfficerSeed:
    """An officer to create; the first post is where they work."""

    username: str
    name: str
    posts: tuple[Post, ...]


AGENCIES = (
    AgencySeed(
        PROVINCE,
        "UBND Tỉnh Mẫu",
        AgencyKind.PROVINCE,
        "Số 1 đường Độc Lập, Phường Trung Tâm, Tỉnh Mẫu",
        "02990001001",
        departments=("Văn phòng UBND tỉnh",),
    ),
    AgencySeed(
        CENTRE,
        "Trung tâm Phục vụ hành chính công Tỉnh Mẫu",
        AgencyKind.CENTRE,
        "Số 5 đường Độc Lập, Phường Trung Tâm, Tỉnh Mẫu",
        "02990001002",
        departments=("Bộ phận Tiếp nhận và Trả kết quả",),
        desk=True,
    ),
    AgencySeed(
        INDUSTRY,
        "Sở Công Thương Tỉnh Mẫu",
        AgencyKind.DEPARTMENT,
        "Số 12 đường Thống Nhất, Phường Trung Tâm, Tỉnh Mẫu",
        "02990001005",
        departments=("Văn phòng Sở", "Phòng Quản lý thương mại"),
    ),
    AgencySeed(
        ENVIRONMENT,
        "Sở Nông nghiệp và Môi trường Tỉnh Mẫu",
        AgencyKind.DEPARTMENT,
        "Số 20 đường Thống Nhất, Phường Trung Tâm, Tỉnh Mẫu",
        "02990001008",
        departments=("Văn phòng Sở", "Phòng Quản lý đất đai", QUALITY),
    ),
    AgencySeed(
        LAND_OFFICE,
        "Văn phòng Đăng ký đất đai Tỉnh Mẫu",
        AgencyKind.UNIT,
        "Số 22 đường Thống Nhất, Phường Trung Tâm, Tỉnh Mẫu",
        "02990001081",
        departments=("Phòng Hành chính", "Phòng Đăng ký và Cấp giấy chứng nhận"),
    ),
    AgencySeed(
        LAND_BRANCH,
        "Chi nhánh Văn phòng Đăng ký đất đai khu vực Đồng Xanh",
        AgencyKind.BRANCH,
        "Thôn 1, Xã Đồng Xanh, Tỉnh Mẫu",
        "02990001082",
        departments=("Tổ Đăng ký đất đai",),
    ),
    AgencySeed(
        DONG_XANH,
        "UBND Xã Đồng Xanh",
        AgencyKind.COMMUNE,
        "Thôn 1, Xã Đồng Xanh, Tỉnh Mẫu",
        "02990003101",
        departments=("Văn phòng HĐND và UBND", "Phòng Kinh tế"),
    ),
    AgencySeed(
        DONG_XANH_CENTRE,
        "Trung tâm Phục vụ hành chính công Xã Đồng Xanh",
        AgencyKind.CENTRE,
        "Thôn 1, Xã Đồng Xanh, Tỉnh Mẫu",
        "02990003102",
        desk=True,
    ),
    AgencySeed(
        TRUNG_TAM,
        "UBND Phường Trung Tâm",
        AgencyKind.COMMUNE,
        "Số 30 đường Hòa Bình, Phường Trung Tâm, Tỉnh Mẫu",
        "02990003201",
        departments=("Văn phòng HĐND và UBND", "Phòng Kinh tế, Hạ tầng và Đô thị"),
    ),
    AgencySeed(
        TRUNG_TAM_CENTRE,
        "Trung tâm Phục vụ hành chính công Phường Trung Tâm",
        AgencyKind.CENTRE,
        "Số 30 đường Hòa Bình, Phường Trung Tâm, Tỉnh Mẫu",
        "02990003202",
        desk=True,
    ),
    AgencySeed(
        NUI_CAO,
        "UBND Xã Núi Cao",
        AgencyKind.COMMUNE,
        "Bản Khuôn, Xã Núi Cao, Tỉnh Mẫu",
        "02990003301",
        departments=("Văn phòng HĐND và UBND", "Phòng Kinh tế"),
    ),
    AgencySeed(
        NUI_CAO_CENTRE,
        "Trung tâm Phục vụ hành chính công Xã Núi Cao",
        AgencyKind.CENTRE,
        "Bản Khuôn, Xã Núi Cao, Tỉnh Mẫu",
        "02990003302",
        desk=True,
    ),
    AgencySeed(
        TAX_OFFICE,
        "Thuế Tỉnh Mẫu",
        AgencyKind.TAX,
        "Số 8 đường Hòa Bình, Phường Trung Tâm, Tỉnh Mẫu",
        "02990009001",
        departments=("Tổ Quản lý các khoản thu từ đất",),
    ),
)

DESK = "Bộ phận Tiếp nhận và Trả kết quả"
TRADE = "Phòng Quản lý thương mại"
LAND = "Phòng Quản lý đất đai"
REGISTER = "Tổ Đăng ký đất đai"
REGISTRATION = "Phòng Đăng ký và Cấp giấy chứng nhận"
OFFICE = "Văn phòng HĐND và UBND"
KT = SigningForm.DEPUTY


def _one(
    username: str,
    name: str,
    agency: str,
    title: str,
    role: Role,
    department: str = "",
    signing_form: SigningForm = SigningForm.HEAD,
) -> OfficerSeed:
    return OfficerSeed(username, name, (Post(agency, title, role, department, signing_form),))


OFFICERS = (
    _one("quantri", "Hoàng Minh Tuấn", PROVINCE, "Quản trị hệ thống", Role.ADMINISTRATOR, "Văn phòng UBND tỉnh"),
    _one("pham.nghi", "Phạm Đình Nghị", PROVINCE, "Chủ tịch", Role.LEADER),
    _one("le.thao", "Lê Phương Thảo", PROVINCE, "Văn thư", Role.CLERK, "Văn phòng UBND tỉnh"),
    _one("vu.nhung", "Vũ Thị Hồng Nhung", CENTRE, "Giám đốc Trung tâm", Role.DIRECTOR),
    _one("ngo.hieu", "Ngô Trung Hiếu", CENTRE, "Trưởng Bộ phận Tiếp nhận", Role.HEAD, DESK),
    _one("do.quyen", "Đỗ Thị Quyên", CENTRE, "Cán bộ tiếp nhận và trả kết quả", Role.DESK_OFFICER, DESK),
    _one("bui.son", "Bùi Thanh Sơn", CENTRE, "Cán bộ tiếp nhận và trả kết quả", Role.DESK_OFFICER, DESK),
    _one("tran.vuong", "Trần Quốc Vượng", INDUSTRY, "Phó Giám đốc", Role.LEADER, signing_form=KT),
    _one("dang.lam", "Đặng Tùng Lâm", INDUSTRY, "Trưởng phòng", Role.HEAD, TRADE),
    _one("nguyen.trang", "Nguyễn Thùy Trang", INDUSTRY, "Chuyên viên", Role.APPRAISER, TRADE),
    _one("ha.duc", "Hà Minh Đức", INDUSTRY, "Chuyên viên", Role.APPRAISER, TRADE),
    _one("phan.yen", "Phan Thị Hải Yến", INDUSTRY, "Văn thư", Role.CLERK, "Văn phòng Sở"),
    _one("dinh.trang", "Đinh Công Tráng", ENVIRONMENT, "Phó Giám đốc", Role.LEADER, signing_form=KT),
    _one("luong.bach", "Lương Xuân Bách", ENVIRONMENT, "Trưởng phòng", Role.HEAD, LAND),
    _one("cao.my", "Cao Thị Diễm My", ENVIRONMENT, "Chuyên viên", Role.APPRAISER, LAND),
    _one("thach.nam", "Thạch Hoài Nam", ENVIRONMENT, "Trưởng phòng", Role.HEAD, QUALITY),
    _one("bach.duong", "Bạch Thùy Dương", ENVIRONMENT, "Chuyên viên", Role.APPRAISER, QUALITY),
    _one("luc.hoa", "Lục Thanh Hòa", ENVIRONMENT, "Chuyên viên", Role.APPRAISER, QUALITY),
    _one("mai.huong", "Mai Thu Hương", ENVIRONMENT, "Văn thư", Role.CLERK, "Văn phòng Sở"),
    _one("nguyen.ha", "Nguyễn Thị Thu Hà", LAND_OFFICE, "Giám đốc", Role.LEADER),
    _one("trinh.khoa", "Trịnh Đăng Khoa", LAND_OFFICE, "Trưởng phòng", Role.HEAD, REGISTRATION),
    _one("duong.linh", "Dương Khánh Linh", LAND_OFFICE, "Chuyên viên", Role.APPRAISER, REGISTRATION),
    _one("ly.phong", "Lý Hải Phong", LAND_OFFICE, "Chuyên viên", Role.APPRAISER, REGISTRATION),
    _one("to.uyen", "Tô Ngọc Uyên", LAND_OFFICE, "Văn thư", Role.CLERK, "Phòng Hành chính"),
    _one("kieu.anh", "Kiều Tuấn Anh", LAND_BRANCH, "Giám đốc Chi nhánh", Role.LEADER),
    _one("phung.hai", "Phùng Thanh Hải", LAND_BRANCH, "Tổ trưởng", Role.HEAD, REGISTER),
    _one("quach.dung", "Quách Thị Dung", LAND_BRANCH, "Viên chức đăng ký", Role.APPRAISER, REGISTER),
    OfficerSeed(
        "khuat.xuan",
        "Khuất Thị Xuân",
        (
            Post(LAND_BRANCH, "Văn thư", Role.CLERK),
            Post(LAND_BRANCH, "Viên chức đăng ký", Role.APPRAISER, REGISTER),
        ),
    ),
    _one("lo.manh", "Lò Văn Mạnh", DONG_XANH, "Phó Chủ tịch", Role.LEADER, signing_form=KT),
    _one("vi.thuong", "Vi Thị Thương", DONG_XANH, "Văn thư", Role.CLERK, OFFICE),
    _one("nong.quan", "Nông Anh Quân", DONG_XANH, "Trưởng phòng", Role.HEAD, "Phòng Kinh tế"),
    _one("hua.loan", "Hứa Thị Loan", DONG_XANH, "Công chức địa chính", Role.APPRAISER, "Phòng Kinh tế"),
    _one("trieu.oanh", "Triệu Kiều Oanh", DONG_XANH, "Công chức tư pháp – hộ tịch", Role.APPRAISER, OFFICE),
    _one("chu.bang", "Chu Hải Băng", DONG_XANH_CENTRE, "Giám đốc Trung tâm", Role.DIRECTOR),
    _one("ma.hien", "Ma Thị Hiền", DONG_XANH_CENTRE, "Cán bộ tiếp nhận và trả kết quả", Role.DESK_OFFICER),
    _one("ta.vinh", "Tạ Quang Vinh", TRUNG_TAM, "Chủ tịch", Role.LEADER),
    _one("thai.ngan", "Thái Kim Ngân", TRUNG_TAM, "Văn thư", Role.CLERK, OFFICE),
    _one("la.kien", "La Trung Kiên", TRUNG_TAM, "Trưởng phòng", Role.HEAD, "Phòng Kinh tế, Hạ tầng và Đô thị"),
    _one("doan.thuy", "Đoàn Thị Thúy", TRUNG_TAM, "Công chức tư pháp – hộ tịch", Role.APPRAISER, OFFICE),
    _one("tong.diep", "Tống Bích Diệp", TRUNG_TAM_CENTRE, "Giám đốc Trung tâm", Role.DIRECTOR),
    _one("au.nga", "Âu Thị Nga", TRUNG_TAM_CENTRE, "Cán bộ tiếp nhận và trả kết quả", Role.DESK_OFFICER),
    _one("giang.pao", "Giàng A Páo", NUI_CAO, "Chủ tịch", Role.LEADER),
    # A small commune: one officer holds three positions and says in which one they act.
    OfficerSeed(
        "sung.chu",
        "Sùng Thị Chư",
        (
            Post(NUI_CAO, "Văn thư", Role.CLERK, OFFICE),
            Post(NUI_CAO_CENTRE, "Cán bộ tiếp nhận và trả kết quả", Role.DESK_OFFICER),
            Post(NUI_CAO, "Công chức địa chính", Role.APPRAISER, "Phòng Kinh tế"),
        ),
    ),
    OfficerSeed(
        "vang.sinh",
        "Vàng Seo Sính",
        (
            Post(NUI_CAO, "Trưởng phòng", Role.HEAD, "Phòng Kinh tế"),
            Post(NUI_CAO_CENTRE, "Giám đốc Trung tâm", Role.DIRECTOR),
        ),
    ),
    _one("kim.thoa", "Kim Thị Thoa", TAX_OFFICE, "Tổ trưởng", Role.HEAD, "Tổ Quản lý các khoản thu từ đất"),
    _one("ung.hoang", "Ưng Huy Hoàng", TAX_OFFICE, "Công chức thuế", Role.APPRAISER, "Tổ Quản lý các khoản thu từ đất"),
)
