"""What every answer of the interface carries: its number, that nobody may keep or frame it, and problems for Django's own."""

import re
from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from huoku.server.api.problems import Malformed, NotAllowedHere, problem

PREFIX = "/api/"
_GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")


class ApiHeaders:
    """``X-Request-Id``: the caller's own where it gave one, so that both sides' logs can be laid side by side."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        given = request.headers.get("X-Request-Id", "")
        request.request_id = given if _GIVEN.fullmatch(given) else str(uuid4())  # type: ignore[attr-defined]
        response = self.get_response(request)
        if response.status_code >= 400 and not response.headers["Content-Type"].startswith("application/problem"):
            response = self._as_problem(request, response)
        response["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
        response["Cache-Control"] = "private, no-cache"
        response["Vary"] = "Accept, Accept-Language, Authorization, Cookie"
        response.headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        return response

    def _as_problem(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Django's own answers: a method that is not possible, a request that it would not take."""
        if response.status_code == 405:
            answer = problem(request, NotAllowedHere(value=request.method))
            answer["Allow"] = response.headers.get("Allow", "")
            return answer
        if response.status_code == 400:
            return problem(request, Malformed(value=response.reason_phrase))
        return response
