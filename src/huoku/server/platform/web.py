"""What every web request gets: an id that goes through logs and audit, and headers that keep strangers' code out."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from structlog.contextvars import bound_contextvars

Answering = Callable[[HttpRequest], HttpResponse]

HEADER = "X-Request-ID"
PARTS_OF_PAGES = ("text/css", "text/javascript")
SOUND = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)


def policy(sign_in_at: str) -> str:
    """The content security policy: no page asks another host, and none holds scripts or styles in its text.
    ``sign_in_at``: the address of another system that people sign in with; forms may lead there."""
    there = urlsplit(sign_in_at)
    forms = f"'self' {there.scheme}://{there.netloc}" if there.netloc else "'self'"
    return (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        f"form-action {forms}; frame-ancestors 'none'"
    )


def request_id(answer: Answering) -> Answering:
    """``request.request_id``: of the proxy in front, where there is one, else new. It stands in each line of the log
    and in the answer."""

    def answered(request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "") if settings.GIVEN.proxies else ""
        name = given if SOUND.fullmatch(given) else uuid4().hex
        request.request_id = name  # type: ignore[attr-defined]
        with bound_contextvars(request_id=name):
            response = answer(request)
        response.headers[HEADER] = name
        return response

    return answered


def content_security(answer: Answering) -> Answering:
    """The content security policy, unless the view has set one of its own, and what browsers may hand out. Both are of
    pages: with each of the fifty scripts and sheets of one they would only be bytes on a slow line."""
    ours = policy(settings.GIVEN.oidc_server)

    def answered(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if not response.headers.get("Content-Type", "").startswith(PARTS_OF_PAGES):
            response.headers.setdefault("Content-Security-Policy", ours)
            response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return answered


class Compressed(GZipMiddleware):
    """Whole answers go compressed. What is sent piece by piece, such as the events of a job, must not wait for more;
    a tag that guards a change must stay strong, which that of a compressed answer cannot be."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or response.has_header("ETag"):
            return response
        return super().process_response(request, response)
