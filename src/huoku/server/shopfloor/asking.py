"""What an address of these pages asks, as far as it can be read: a page is never refused for it."""

from collections.abc import Mapping
from datetime import date
from typing import get_args

from django.http import HttpRequest

from huoku.server.production.kits import Choice
from huoku.server.production.queries.to_kit import Service


def day_asked(asked: Mapping[str, str], name: str) -> date | None:
    try:
        return date.fromisoformat(asked.get(name, ""))
    except ValueError:
        return None


def number_asked(request: HttpRequest, name: str, otherwise: int, most: int) -> int:
    text = request.GET.get(name, "")
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise


def service_asked(asked: Mapping[str, str]) -> Service:
    wanted = asked.get("service")
    return next((each for each in get_args(Service) if each == wanted), "start")


def choice_asked(asked: Mapping[str, str]) -> Choice:
    """Which kits are looked at."""
    return Choice(asked.get("site", ""), day_asked(asked, "from"), day_asked(asked, "until"))


def scan_asked(request: HttpRequest) -> str:
    """What was scanned or typed, without what no database takes."""
    return request.GET.get("scan", "").replace("\0", "").strip()
