"""What every answer of the interface carries, and problems in the place of Django's own answers."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from huoku.language import Sentence
from huoku.server.api.problems import Malformed, NotAllowedHere, problem
from huoku.server.platform.refusals import Refused

PREFIX = "/api/"


class HttpsOnly(Refused):
    code, status, is_kept = "https_only", 403, False
    words = Sentence(
        "只能用 https。刚才的令牌已经明文传出，请作废后换一个。",
        "Only https is taken here. The token was sent for all to read: revoke it and make another.",
    )


class ApiHeaders:
    """Nobody may keep, frame or run an answer, and every refusal is a problem."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECURE_SSL_REDIRECT and request.path_info.startswith(PREFIX) and not request.is_secure():
            # A page is led on to https. A program that came without has shown its token to all, and must learn so.
            response = problem(request, HttpsOnly())
        else:
            response = self.get_response(request)
        if not request.path_info.startswith(PREFIX):
            return response
        if response.status_code >= 400 and not response.headers["Content-Type"].startswith("application/problem"):
            response = _as_problem(request, response)
        response["Cache-Control"] = "private, no-cache"
        response["Vary"] = "Accept, Accept-Language, Authorization, Cookie"
        response.headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        return response


def _as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Django's own answers: a method that is not possible, a request that it would not take."""
    if response.status_code == 405:
        answer = problem(request, NotAllowedHere(value=request.method))
        answer["Allow"] = response.headers.get("Allow", "")
        return answer
    return problem(request, Malformed(value=response.reason_phrase)) if response.status_code == 400 else response
