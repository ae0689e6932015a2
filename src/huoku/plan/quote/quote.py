"""The answer to "what date can I promise?", as data."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from huoku.compiled import use_compiled
from huoku.factory import Factory
from huoku.language import Language
from huoku.plan.explain.naming import names_of
from huoku.plan.quote import labels as say
from huoku.plan.quote.accepting import Ahead, last_in_line, served_ahead, with_demand
from huoku.plan.quote.asked import Asked, checked
from huoku.plan.quote.first_pass import FirstPass, first_pass
from huoku.plan.quote.missing import Missing, missing
from huoku.plan.quote.search import day_in_line, fill_parts
from huoku.plan.tell.reasons import late_reasons

if TYPE_CHECKING:
    from huoku.plan.plan import Plan

MOST_PARTS = 6


class Part(NamedTuple):
    """A quantity that could be shipped on a day, beside the parts before it."""

    date: date
    qty: float


@dataclass(frozen=True)
class Quote:
    """What can be promised for a quantity of an item that is wanted on a day. Nothing of the plan is changed.

    ``date``: the first day on which all of it can be there while every order and contract keeps what it has;
    None where there is none by the plan's last day. ``late_days`` counts from ``wanted``. ``reason``: what holds
    it up, as of a late promise. The date holds when the demand is served after all others: see ``accept``.
    ``parts``, ``missing``, ``unit``, ``item_name``, ``in_line`` and ``ahead`` are worked out when they are asked for;
    ``ahead`` takes as long as promising all over again.
    """

    item: str
    qty: float
    wanted: date
    location: str
    customer: str | None
    priority: int
    lang: Language
    date: date | None
    late_days: int | None
    reason: str | None
    state: FirstPass = field(repr=False, compare=False)
    asked: Asked = field(repr=False, compare=False)

    @property
    def is_kept(self) -> bool:
        """Can the wanted day be kept?"""
        return self.late_days is not None and self.late_days <= 0

    @property
    def may_gain(self) -> bool:
        """Is it later than wanted, and would its own priority place it before others?"""
        return not self.is_kept and self.in_line > self.priority

    @cached_property
    def item_name(self) -> str:
        """In the quote's language; empty where the factory gives none."""
        return names_of(self.state.case.factory, self.lang, [self.item])[self.item][0]

    @cached_property
    def unit(self) -> str:
        return names_of(self.state.case.factory, self.lang, [self.item])[self.item][1]

    @cached_property
    def in_line(self) -> int:
        """The priority behind all orders and contracts, with which ``date`` holds."""
        return last_in_line(self.state.case.factory, self.priority)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What could be shipped when, at most six parts: as much as possible on the wanted day, then on the next
        days on which there is more. The last is all the rest; where it cannot be had, the parts do not add up."""
        state, asked = self.state, self.asked
        model, found = state.case.model, np.zeros((MOST_PARTS, 2), np.int64)
        state.ask(asked.node, asked.steps, asked.day)
        with use_compiled(state.compiled):
            count = fill_parts(model, state.spare(), state.scratch, state.claim, state.made, model.horizon, found)
        today = state.case.factory.settings.today
        per_unit = int(state.case.numbering.steps[asked.node // model.locations])
        return tuple(Part(today + timedelta(days=day), qty / per_unit) for day, qty in found[:count].tolist())

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        """What would have to be there, by when, to keep the wanted day."""
        return missing(self.state, self.asked, self.lang)

    @cached_property
    def ahead(self) -> Ahead:
        """The date with its own priority, before all that is less urgent, and whom that pushes."""
        return served_ahead(self.state, self.asked)

    def accept(self, *, ahead: bool = False) -> Factory:
        """The factory with this demand in it, wanted on the quoted day: planned again, it is promised for it or before.

        It stands last in line, with priority ``in_line``; with ``ahead`` it has its own priority and the day of
        ``ahead``. Raises ValueError where there is no such day.
        """
        due, priority = (self.ahead.date, self.priority) if ahead else (self.date, self.in_line)
        if due is None:
            raise ValueError("a quote without a date cannot be accepted")
        return with_demand(self.state.case.factory, self.asked, due, priority)

    def data(self) -> dict[str, Any]:
        """The same as plain dicts, lists, numbers and dates, for programs. ``ahead`` only where it may differ."""
        plain = ("item", "item_name", "unit", "qty", "wanted", "location", "customer", "priority", "date", "late_days")
        return {
            **{name: getattr(self, name) for name in plain},
            "reason": self.reason,
            "in_line": self.in_line,
            "parts": [part._asdict() for part in self.parts],
            "missing": [lack._asdict() for lack in self.missing],
            "ahead": self.ahead.data() if self.may_gain else None,
        }

    def _repr_html_(self) -> str:
        parts = ", ".join(f"{part.date} {part.qty:g}" for part in self.parts)
        rows = (
            (say.WANTED, f"{self.qty:g} {self.unit} {self.item}, {self.wanted}"),
            (say.DATE, str(self.date or say.NEVER.say(self.lang))),
            (say.REASON, self.reason or ""),
            (say.PARTS, parts),
        )
        told = (f"<tr><td>{label.say(self.lang)}</td><td>{escape(text)}</td></tr>" for label, text in rows if text)
        return f"<table>{''.join(told)}</table>"


def quoted(state: FirstPass, asked: Asked, lang: Language) -> Quote:
    """The first day that is there for a demand after all others, and why not sooner."""
    case = state.case
    state.ask(asked.node, asked.steps, asked.day)
    with use_compiled(state.compiled):
        day_in_line(case.model, state.left, state.scratch, state.claim, state.answer)
    day = int(state.answer.day[0])
    found = None if day < 0 else case.factory.settings.today + timedelta(days=day)
    late = None if found is None else (found - asked.date).days
    reason = None
    if late is None or late > 0:
        sources = state.source_names(lang)
        reason = late_reasons(case, state.answer, np.zeros(1, np.int64), sources, lang, state.quickest)[0]
    return Quote(
        item=asked.item,
        qty=float(asked.qty),
        wanted=asked.date,
        location=asked.location,
        customer=asked.customer,
        priority=asked.priority,
        lang=lang,
        date=found,
        late_days=None if late is None else max(late, 0),
        reason=reason,
        state=state,
        asked=asked,
    )


def quote_once(plan: "Plan") -> None:
    """Call every kernel of a quote, compiled: a thousand of the first item, today."""
    settings = plan.factory.settings
    state = first_pass(plan.factory, plan.effort, compiled=True)
    asked = checked(state, plan.lang, item=plan.factory.items["item"][0], qty=1000, date=settings.today)
    quote = quoted(state, asked, plan.lang)
    assert quote.parts and quote.missing
