"""Events: told to listeners after their cause is committed, and to whoever asks what has changed since he looked.

A listener hears every event at least once, chain by chain in its order: it is told, and only then is its place moved
on. One that acts by a command takes ``event_key`` as its key, and so acts once however often it is told.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import monotonic

import structlog
from django.db import transaction
from django.db.models import Q

from huoku.server.platform.actor import Actor
from huoku.server.platform.models import Company, Event, Heard, Stream
from huoku.server.platform.rights import HEAR
from huoku.server.platform.scope import EVERY_COMPANY, entered

log = structlog.get_logger("huoku.events")

AT_ONCE = 200
PAUSE = 60.0
"""Seconds until a listener that failed is told again."""


@dataclass(frozen=True, slots=True)
class Listener:
    """``hear(event)`` is called for each event of these kinds; no kinds: of all."""

    name: str
    hear: Callable[[Event], None]
    kinds: frozenset[str] = frozenset()


LISTENERS: dict[str, Listener] = {}


def listens(name: str, *kinds: str) -> Callable[[Callable[[Event], None]], Callable[[Event], None]]:
    """Make a function a listener, in an app's ``extends.py``. A new one hears all there ever was."""

    def make(hear: Callable[[Event], None]) -> Callable[[Event], None]:
        if name in LISTENERS:
            raise ValueError(f"there are two listeners {name}")
        LISTENERS[name] = Listener(name, hear, frozenset(kinds))
        return hear

    return make


def event_key(listener: str, event: Event) -> str:
    """The key under which a listener's command answers an event."""
    return f"event:{listener}:{event.pk}"


Paused = dict[str, float]
"""Listeners that failed, by name, and when (on the monotonic clock) they are tried again."""


def tell_listeners(paused: Paused | None = None) -> int:
    """Tell every listener what it has not heard; returns how many events were told. Nothing new, nothing written.

    Where a listener fails, its place stays before that event and the fault is logged; it is ``paused``, and the others
    hear on.
    """
    resting = paused if paused is not None else {}
    listeners = [each for each in LISTENERS.values() if resting.get(each.name, 0) <= monotonic()]
    told = 0
    with entered(EVERY_COMPANY):
        companies = list(Company.objects.filter(is_active=True)) if listeners else []
    for company in companies:
        with entered(company):
            for listener in listeners:
                for stream_id, heard, length in _unheard(company, listener.name):
                    count, is_whole = _tell(company, listener, stream_id, heard, length)
                    told += count
                    if not is_whole:
                        resting[listener.name] = monotonic() + PAUSE
    return told


def _unheard(company: Company, listener: str) -> list[tuple[int, int, int]]:
    """Chains that grew: which, how far they were heard, how long they are."""
    heard = dict(Heard.objects.of(company).filter(listener=listener).values_list("stream_id", "seq"))
    lengths = Stream.objects.of(company).values_list("pk", "length")
    return [(pk, heard.get(pk, 0), length) for pk, length in lengths if length > heard.get(pk, 0)]


def _tell(company: Company, listener: Listener, stream_id: int, heard: int, length: int) -> tuple[int, bool]:
    """Tell the events of one chain after place ``heard`` up to ``length``: how many, and whether all."""
    rows = Event.objects.of(company).filter(stream_id=stream_id, seq__gt=heard, seq__lte=length)
    if listener.kinds:
        rows = rows.filter(kind__in=listener.kinds)
    told, reached = 0, length
    for event in rows.order_by("seq", "pk").iterator(AT_ONCE):
        try:
            listener.hear(event)
        except Exception:
            log.exception("listener_failed", listener=listener.name, event_id=event.pk, kind=event.kind)
            reached = event.seq - 1  # one command may leave several events: all of its place are told again
            break
        told += 1
    if reached > heard:
        with transaction.atomic():
            Heard.objects.of(company).update_or_create(
                {"seq": reached}, company=company, listener=listener.name, stream_id=stream_id
            )
    return told, reached == length


@dataclass(frozen=True, slots=True)
class Changes:
    """``upto`` is what to ask with next time; ``is_all``: nothing more is there now."""

    events: list[Event]
    upto: str
    is_all: bool


def changes_since(actor: Actor, since: str = "", limit: int = 500) -> Changes:
    """What happened in the actor's company since the place ``since``, the ``upto`` of an earlier answer.

    Without ``since``: nothing but the place of now. Raises NotAllowed, and ValueError where ``since`` is no place.
    """
    actor.must(HEAR)
    heads = dict(Stream.objects.of(actor.company).values_list("pk", "length"))
    if not since:
        return Changes([], _place(heads), True)
    seen = _read_place(since)
    grown = Q(pk__in=())
    for pk, length in heads.items():
        if length > seen.get(pk, 0):
            grown |= Q(stream_id=pk, seq__gt=seen.get(pk, 0), seq__lte=length)
    rows = Event.objects.of(actor.company).filter(grown).order_by("recorded_at", "pk")
    events = list(rows[: limit + 1])
    if len(events) <= limit:
        return Changes(events, _place(heads), True)
    last = events[limit - 1]
    page = events[:limit]
    page += [each for each in rows.filter(stream_id=last.stream_id, seq=last.seq) if each not in page]
    return Changes(page, _place(seen | {each.stream_id: each.seq for each in page}), False)


def _place(heads: dict[int, int]) -> str:
    return "-".join(f"{pk}.{length}" for pk, length in sorted(heads.items())) or "0.0"


def _read_place(text: str) -> dict[int, int]:
    def pairs() -> Iterator[tuple[int, int]]:
        for part in text.split("-"):
            pk, length = part.split(".")
            yield int(pk), int(length)

    return dict(pairs())
