"""A product with nothing but the hall: for its own tests."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import include, path

from motcua.channels.ui.eform.sheet import Sheet
from motcua.channels.ui.gallery import FORM, VALUES
from motcua.domain.dossiers.access import NOT_THERE
from motcua.foundation.identity import contact
from motcua.foundation.kernel import errors

PROBLEMS = {
    "dossier": errors.Missing(NOT_THERE),
    "missing": errors.Missing("Không có hồ sơ này."),
    "not_allowed": errors.NotAllowed("Việc này do lãnh đạo làm."),
    "stale": errors.Stale("Hồ sơ vừa thay đổi; hãy xem lại.", changed={"Trạng thái": "Đang xử lý"}),
    "wrong_state": errors.WrongState("Hồ sơ đã đóng."),
    "reused": errors.Reused("Mã yêu cầu này đã dùng cho việc khác."),
    "invalid": errors.Invalid((errors.FieldProblem("phone", "Hãy nhập số điện thoại."),)),
    "unavailable": errors.Unavailable("Cổng thanh toán chưa trả lời.", retry=True),
}


def problem(request: HttpRequest, name: str) -> HttpResponse:
    raise PROBLEMS[name]


def reach(request: HttpRequest) -> HttpResponse:
    """Judge a telephone number as the identity room does."""
    return JsonResponse(contact.check(address="", phone=request.GET["phone"], email=""))


def boom(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a defect")


def echo(request: HttpRequest) -> HttpResponse:
    """Say back what was posted."""
    return JsonResponse({"posted": {key: request.POST.getlist(key) for key in request.POST}})


saved: list[dict[str, str]] = []


def draft(request: HttpRequest) -> HttpResponse:
    saved.append({"version": request.headers["X-Draft-Version"], "full_name": request.POST["full_name"]})
    version = int(request.headers["X-Draft-Version"]) + 1
    return JsonResponse({"version": version, "saved_at": "10:42", "reload": version == 5})


def form(request: HttpRequest) -> HttpResponse:
    return render(
        request, "ui/tests/form.html", {"sheet": Sheet(FORM, VALUES | ({"email": "moi@mau.vn"} if saved else {}))}
    )


def scanned(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<title>scanned</title><pre>{json.dumps(request.POST['text'])}</pre>")


def slow(request: HttpRequest) -> HttpResponse:
    import time

    time.sleep(1)
    return HttpResponse("<title>slow</title>")


urlpatterns = [
    path("", include("motcua.channels.ui.urls")),
    path("van-de/<str:name>/", problem),
    path("lien-he/", reach),
    path("hong/", boom),
    path("lap-lai/", echo, name="echo"),
    path("nhap/", draft, name="draft"),
    path("to-khai/", form),
    path("quet/", scanned, name="scanned"),
    path("cham/", slow, name="slow"),
]
handler400 = "motcua.channels.ui.views.bad_request"
handler403 = "motcua.channels.ui.views.forbidden"
handler404 = "motcua.channels.ui.views.not_found"
handler500 = "motcua.channels.ui.views.failed"
