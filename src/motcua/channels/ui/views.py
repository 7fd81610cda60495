"""Pages of the hall itself: errors, and the gallery of components (never in production).

Django decides what its error views are handed; they say the same whatever happened.
"""
# ruff: noqa: ARG001

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from motcua.channels.ui import gallery
from motcua.channels.ui.assets import static
from motcua.channels.ui.failing import sorry


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the browser sent something that is not a request of ours."""
    return sorry(
        request, _("Không đọc được yêu cầu"), _("Hãy quay lại trang trước, tải lại trang rồi thử lần nữa."), 400
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: signed in, but not for this."""
    return sorry(
        request,
        _("Việc này không thuộc quyền của bạn"),
        _("Nếu cần làm việc này, hãy hỏi người quản trị của cơ quan hoặc đăng nhập bằng tài khoản khác."),
        403,
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's proof of origin is missing or old."""
    return sorry(
        request,
        _("Trang đã mở quá lâu"),
        _("Để an toàn, hệ thống không nhận biểu mẫu này. Hãy quay lại trang trước, tải lại trang rồi gửi lại."),
        403,
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page, or not yours."""
    return sorry(
        request,
        _("Không tìm thấy trang"),
        _("Hãy kiểm tra lại địa chỉ, hoặc tìm thủ tục, hồ sơ từ trang chủ."),
        404,
    )


def failed(request: HttpRequest) -> HttpResponse:
    """500: our fault. Uses neither session nor database, which may be what failed."""
    return render(None, "ui/errors/server_error.html", status=500)


def maintenance(request: HttpRequest) -> HttpResponse:
    """503: announced work; every address answers with this while it lasts."""
    response = render(None, "ui/errors/maintenance.html", status=503)
    response.headers["Retry-After"] = "600"
    return response


def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that ask for the old address (beside a PDF or a plain file) to our mark."""
    return redirect(static("mark.svg"), permanent=True)


def components(request: HttpRequest, face: str = "portal") -> HttpResponse:
    """Every component in both faces, for eyes, screenshots and axe."""
    if settings.MOTCUA.mode.value == "production":
        raise Http404
    return render(request, f"ui/pages/gallery_{face}.html", gallery.context())
