"""Calendars that other programs subscribe to (iCalendar, RFC 5545): what is to arrive, what is to be counted.

A calendar program cannot sign in, so the address itself is signed: for one user, one company and one calendar. It is
good until the user's password changes, and shows what the user may see at the moment.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from icalendar import Calendar, Event
from ninja.security.base import AuthBase

from huoku.language import Language, Sentence
from huoku.server.api.lists import answer
from huoku.server.api.problems import NotSignedIn, language_of
from huoku.server.ledger.models import CountTask, SupplyBalance
from huoku.server.look.speaking import spoken
from huoku.server.platform import clock
from huoku.server.platform.actor import Actor, actor_of
from huoku.server.platform.doors import count_call
from huoku.server.platform.exact import plain
from huoku.server.platform.kept import rows_for
from huoku.server.platform.models import Company, User
from huoku.server.platform.scope import entered

BEFORE, AHEAD = timedelta(days=31), timedelta(days=400)
"""From when to when entries are shown."""
DELIVERY = Sentence("到货 {item} {quantity} {unit}（{supply}）", "Arrives: {item} {quantity} {unit} ({supply})")
COUNT = Sentence("盘点 {item}，{location}", "Count {item} at {location}")


class Entry(NamedTuple):
    """One day's entry; the same ``uid`` again is the same entry, changed."""

    uid: str
    day: date
    words: str


class BySignature(AuthBase):
    """``?signature=``: made by ``GET /calendars`` for whoever asked there."""

    openapi_type = "apiKey"
    openapi_in = "query"
    openapi_name = "signature"

    def __call__(self, request: HttpRequest) -> Actor | None:
        if "signature" not in request.GET:
            return None
        code = request.resolver_match.kwargs["company"] if request.resolver_match else ""
        company = Company.objects.filter(code=code).first()
        calendar = request.path.rpartition("/")[2]
        user = _user_of(request.GET["signature"], company, calendar) if company else None
        if company is None or user is None:
            raise NotSignedIn()
        with entered(company):
            actor = actor_of(user, company, via="calendar")
        if actor is None:
            raise NotSignedIn()
        count_call(actor)
        return actor


def _signer(user: User, company: Company, calendar: str) -> Signer:
    """Another password, and every address that was signed before is no longer good."""
    return Signer(salt=f"huoku.calendar/{company.code}/{calendar}/{user.get_session_auth_hash()}")


def _user_of(signature: str, company: Company, calendar: str) -> User | None:
    pk = signature.partition(":")[0]
    user = User.objects.filter(pk=int(pk), is_active=True).first() if pk.isdecimal() and len(pk) < 19 else None
    try:
        return user if user and _signer(user, company, calendar).unsign(signature) else None
    except BadSignature:
        return None


def deliveries(actor: Actor, lang: Language) -> Iterator[Entry]:
    """What is to arrive."""
    rows = rows_for(actor, SupplyBalance).filter(quantity__gt=0, expected_on__isnull=False)
    for row in _near(actor, rows, "expected_on"):
        facts = {"item": row.item.code, "unit": row.item.unit, "supply": row.supply}
        words = DELIVERY.say(lang, quantity=plain(row.quantity, row.item.decimals), **facts)
        yield Entry(f"supply-{row.pk}", row.expected_on, words)


def counts(actor: Actor, lang: Language) -> Iterator[Entry]:
    """What is to be counted."""
    rows = rows_for(actor, CountTask).filter(is_open=True).select_related("location")
    for row in _near(actor, rows, "due_on"):
        words = COUNT.say(lang, item=row.item.code, location=row.location.code)
        yield Entry(f"count-{row.pk}", row.due_on, words)


def _near(actor: Actor, rows: Any, column: str) -> Any:
    today = clock.business_day(actor.company, clock.now())
    wanted = {f"{column}__gte": today - BEFORE, f"{column}__lte": today + AHEAD}
    return rows.filter(**wanted).select_related("item").order_by(column, "pk")


CALENDARS: dict[str, tuple[Sentence, Callable[[Actor, Language], Iterator[Entry]]]] = {
    "deliveries.ics": (Sentence("到货", "Deliveries"), deliveries),
    "counts.ics": (Sentence("盘点", "Counts"), counts),
}


def calendars(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The addresses to subscribe to, signed for whoever asks. Raises NotSignedIn for one who is no person."""
    if actor.user is None:
        raise NotSignedIn()
    signed = {name: _signer(actor.user, actor.company, name).sign(str(actor.user.pk)) for name in CALENDARS}
    here = request.build_absolute_uri(request.path)
    return answer(
        {
            "calendars": [
                {"name": name, "title": CALENDARS[name][0].say(language_of(request)), "url": f"{here}/{name}?{query}"}
                for name, query in ((name, urlencode({"signature": value})) for name, value in signed.items())
            ]
        }
    )


def calendar(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    """One calendar, in the language of whoever it was signed for."""
    lang = spoken(actor.user.language if actor.user else "")
    title, entries = CALENDARS[name]
    made, now = Calendar(), clock.now()
    made.add("prodid", "-//huoku//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", title.say(lang))
    for entry in entries(actor, lang):
        event = Event()
        event.add("uid", f"{entry.uid}@{actor.company.code}.huoku")
        event.add("dtstamp", now)
        event.add("dtstart", entry.day)
        event.add("summary", entry.words)
        made.add_component(event)
    return HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")
