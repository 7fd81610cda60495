"""Forms filled in as people of the sample would fill them."""

from __future__ import annotations

from typing import Any

from motcua.sample.people import Citizen, Company

COMMUNES = {"Xã Đồng Xanh": "H99.31", "Phường Trung Tâm": "H99.32", "Xã Núi Cao": "H99.33"}


def copies(citizen: Citizen, *papers: tuple[str, int, int], many: bool = False) -> dict[str, Any]:
    """Ask for certified copies; each paper is (name, pages of a copy, copies)."""
    return {
        "requester": {name: value for name, value in citizen.particulars.items() if name != "sex"},
        "phone": citizen.phone,
        "papers": [
            {"paper_name": name, "paper_issuer": "Trường Đại học Mẫu", "pages": pages, "copies": count}
            for name, pages, count in papers
        ],
        "electronic_copy": False,
        "many": many,
    }


def land(citizen: Citizen, reason: str, serial: str, area: float = 120.5, **more: Any) -> dict[str, Any]:
    """Ask for a new certificate of land in the citizen's own commune."""
    parcel = {
        "parcel": str(int(serial[-3:]) % 400 + 1),
        "map_sheet": str(int(serial[-2:]) % 30 + 1),
        "area": area,
        "location": f"{citizen.street}, {citizen.ward}, Tỉnh Mẫu",
        "purpose": "ODT" if citizen.ward.startswith("Phường") else "ONT",
    }
    return {
        "reason": reason,
        "owner": citizen.particulars,
        "owner_address": citizen.address,
        "phone": citizen.phone,
        "email": citizen.email,
        "ownership": "alone",
        "serial": serial,
        "book_number": f"CH {serial[-5:]}",
        "certificate_issued_on": "2010-05-04",
        "certificate_issuer": "Ủy ban nhân dân huyện Mẫu",
        "mortgaged": False,
        "debt": False,
        "parcel_commune": COMMUNES[citizen.ward],
        "parcels": [{"parcel": parcel}],
    } | more


def moved_boundary(citizen: Citizen, serial: str) -> dict[str, Any]:
    """Ask for a new certificate because the boundary changed: the commune will be asked."""
    return land(
        citizen,
        "boundary_changed",
        serial,
        area=300.0,
        measured_area=318.4,
        measured_on="2026-09-15",
        measured_by="Văn phòng Đăng ký đất đai Tỉnh Mẫu",
        boundary_note="Hiến 4 m² làm đường thôn năm 2024, ranh giới phía Đông lùi vào.",
        neighbours_agree=True,
    )


def food(citizen: Citizen, company: Company, product: str = "Giò lụa", material: str = "Thịt lợn") -> dict[str, Any]:
    """Ask for a food-safety certificate."""
    office = {"province": "Tỉnh Mẫu", "ward": company.ward, "detail": company.street}
    return {
        "request": "first",
        "company_name": company.name,
        "tax_code": company.tax_code,
        "head_office": office,
        "phone": citizen.phone,
        "email": citizen.email,
        "representative": {name: value for name, value in citizen.particulars.items() if name != "sex"},
        "representative_position": "Giám đốc",
        "site_is_office": True,
        "site_commune": COMMUNES[company.ward],
        "total_area": 500.0,
        "processing_area": 200.0,
        "water_source": "public",
        "waste": "Thu gom hằng ngày, nước thải qua bể lắng ba ngăn.",
        "activities": ["processing", "packing"],
        "products": [{"product_name": product, "material": material, "output": 12.5}],
        "staff_total": 6,
        "staff": [
            {"staff_name": "Lê Thị Nga", "staff_job": "Chế biến", "health_checked_on": "2026-05-01", "trained": True},
            {"staff_name": "Hồ Văn Tư", "staff_job": "Bao gói", "health_checked_on": "2026-05-01", "trained": True},
        ],
        "quality_officer": citizen.name,
        "traceability": "Ghi sổ theo lô: ngày, nguyên liệu, nơi giao.",
    }
