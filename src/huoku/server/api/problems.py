"""What the interface answers when it will not do what was asked: RFC 9457, in the user's language."""

import json
import logging
from collections.abc import Sequence
from typing import Any

import structlog
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.db import DataError, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language_from_request
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, AuthorizationError, HttpError, ValidationError
from pydantic import ValidationError as NotAsDescribed

from huoku.language import Language, Sentence, kept
from huoku.server.look.speaking import spoken
from huoku.server.platform.hints import hint
from huoku.server.platform.models import User
from huoku.server.platform.refusals import NotFound, Refused

log = logging.getLogger(__name__)
security = structlog.get_logger("huoku.security")

PROBLEM = "application/problem+json"
INPUT = (400, 413, 415, 422)
"""Refused for what was sent."""
LONGEST_VALUE = 80
DJANGO_S_OWN = (Http404, AuthenticationError, AuthorizationError, HttpError, RequestDataTooBig, BadRequest)
KNOWN = ("row", "field", "code", "value", "zh", "en", "noun_zh", "noun_en")


class NotSignedIn(Refused):
    code, status, is_kept = "not_signed_in", 401, False
    words = Sentence("请先登录，或出示有效的令牌。", "Sign in first, or show a valid token.")


class Malformed(Refused):
    """``value``: what would be right, or in both languages what is wrong."""

    code, status, is_kept = "malformed", 400, False
    words = Sentence("看不懂这个请求：{value}", "This request cannot be read: {value}")

    def __init__(self, *, value: object, **where: Any) -> None:
        self.wrong = value if isinstance(value, Sentence) else None
        super().__init__(value=self.wrong.en if self.wrong else value, **where)

    def say(self, lang: Language) -> str:
        return self.words.say(lang, value=self.wrong.template(lang) if self.wrong else self.value)


class Invalid(Refused):
    code, status, is_kept = "invalid", 422, False
    words = Sentence("有些内容不对。", "Some of it is not right.")


class Conflict(Refused):
    code, status, is_kept = "conflict", 409, False
    words = Sentence(
        "别人刚刚做了同样的事，请重新读取后再试。", "Somebody has just done the same; read again and retry."
    )


class TooLarge(Refused):
    code, status, is_kept = "too_large", 413, False
    words = Sentence("请求太大。", "The request is too large.")


class NotAllowedHere(Refused):
    code, status, is_kept = "method_not_allowed", 405, False
    words = Sentence("这个地址不支持 {value}。", "{value} is not possible at this address.")


class OurFault(Refused):
    code, status, is_kept = "our_fault", 500, False
    words = Sentence(
        "服务器出错了，已记录。请把编号 {value} 告诉管理员。",
        "A fault of the server, which is in its log. Tell the administrator the number {value}.",
    )


def language_of(request: HttpRequest) -> Language:
    """The user's own language, else what the browser or program asks for."""
    user = getattr(request, "user", None)
    own = user.language if isinstance(user, User) else ""
    return spoken(own or getattr(request, "LANGUAGE_CODE", "") or get_language_from_request(request))


def problem(request: HttpRequest, refusal: Refused, errors: Sequence[dict[str, Any]] | None = None) -> HttpResponse:
    """The answer to a refusal. ``errors``: instead of the refusal's own one."""
    body = body_of(refusal, language_of(request), errors)
    if body["status"] in INPUT:
        fields = sorted({str(error["field"]) for error in body["errors"]})
        security.info("refused_input", path=request.path, status=body["status"], code=body["code"], fields=fields)
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False, separators=(",", ":")), status=body["status"], content_type=PROBLEM
    )
    response["Content-Language"] = language_of(request)
    if body["status"] == 401:
        response["WWW-Authenticate"] = 'Bearer realm="huoku"'
    if body["status"] == 429:
        response["Retry-After"] = str(refusal.facts["retry_after"])
    return response


def body_of(refusal: Refused, lang: Language, errors: Sequence[dict[str, Any]] | None = None) -> dict[str, Any]:
    """The same fields for every problem; each error has row, field, code, value and hint, and what else is known."""
    stored = refusal.as_problem()
    own = [
        {
            **{name: error[name] for name in ("row", "field", "code", "value")},
            "hint": kept(error["zh"], error["en"], lang),
            **{name: error[name] for name in sorted(error) if name not in KNOWN},
        }
        for error in stored["errors"]
    ]
    return {
        "type": stored["type"],
        "title": kept(stored["title_zh"], stored["title"], lang),
        "status": stored["status"],
        "code": stored["code"],
        "errors": own if errors is None else list(errors),
    }


def errors_of(fault: NotAsDescribed, lang: Language, row: int | None = None) -> list[dict[str, Any]]:
    """What is wrong with a request, field by field."""
    return [
        {
            "row": row,
            "field": ".".join(str(part) for part in error["loc"]),
            "code": error["type"],
            "value": _short(error["input"]),
            "hint": hint(error, lang),
        }
        for error in fault.errors(include_url=False)
    ]


def _short(value: Any) -> str:
    text = "" if isinstance(value, dict | list) else str(value)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def handle(api: NinjaAPI) -> None:
    """Answer every error of the interface as a problem."""

    def of_refusal(request: HttpRequest, fault: Refused) -> HttpResponse:
        return problem(request, fault)

    def of_path(request: HttpRequest, fault: ValidationError) -> HttpResponse:
        return problem(request, NotFound(what="", value=request.path))

    def of_django(request: HttpRequest, fault: Exception) -> HttpResponse:
        if isinstance(fault, Http404):
            return problem(request, NotFound(what="", value=request.path))
        if isinstance(fault, AuthenticationError | AuthorizationError):
            return problem(request, NotSignedIn())
        if isinstance(fault, RequestDataTooBig):
            return problem(request, TooLarge())
        return problem(request, Malformed(value=str(fault)))

    def of_constraint(request: HttpRequest, fault: IntegrityError) -> HttpResponse:
        """Two did the same at once, and the database let one in."""
        log.warning("conflict: %s", fault)
        return problem(request, Conflict())

    def of_value(request: HttpRequest, fault: DataError) -> HttpResponse:
        """A value that passed our checks and that the database has no room for."""
        log.warning("refused by the database: %s", fault)
        return problem(request, Malformed(value=str(fault).splitlines()[0]))

    def of_ours(request: HttpRequest, fault: Exception) -> HttpResponse:
        log.exception("fault at %s", request.path, exc_info=fault)
        return problem(request, OurFault(value=getattr(request, "request_id", "")))

    handlers: dict[type[Exception], Any] = {
        Exception: of_ours,
        Refused: of_refusal,
        ValidationError: of_path,
        IntegrityError: of_constraint,
        DataError: of_value,
        **dict.fromkeys(DJANGO_S_OWN, of_django),
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)
