"""What happens around every page of the HTML channels."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from motcua.channels.ui.failing import problem_response
from motcua.foundation.kernel.errors import Problem


class WordProblems:
    """Turns a Problem that a view did not word itself into a page: 404, 403, 409, 422 or 503."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Word a problem; anything else is a defect and goes on to the 500 page."""
        return problem_response(request, exception) if isinstance(exception, Problem) else None
