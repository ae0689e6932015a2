"""The rows of the list of purchases, supplier by supplier: their figures in words, and badges beside their items."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import Truncator

from huoku.language import Language, Sentence
from huoku.report.numbers import day, money, price, qty, share
from huoku.server.documents.models import Task
from huoku.server.look.speaking import named
from huoku.server.planning.levers import Pulled
from huoku.server.planning.purchase_marks import Around, Before
from huoku.server.planning.purchase_views import Listed
from huoku.server.planning.purchases import Limits, Purchase

ALARMING = 3
"""From this grade on somebody should choose among the options, not just approve."""
MOST_ASKED, MOST_ANSWERED = 2, 24
"""So many of those who were asked are named, and so many letters of what each said."""

NO_PRICE, CHANGED = Sentence("缺价", "no price"), Sentence("计划变", "changed")
RE_PLAN, CHOOSE = Sentence("待重算", "re-plan"), Sentence("待选", "choose")
SECOND = Sentence("要第二人批", "needs a second person")


@dataclass(frozen=True, slots=True)
class Badge:
    """``tone``: the level whose colour it has, ``mark``: whose shape; "" for a plain sign."""

    tone: str
    mark: str
    sign: str
    words: str


@dataclass(frozen=True, slots=True)
class PurchaseRow:
    """What each cell says; "" where it says nothing. ``was_needed``, ``was_due``: what the plan before wanted
    otherwise; ``paper``: rows of one paper have the same; ``is_due``: to be ordered by today; ``is_open``: its options
    stand beside the list."""

    id: int
    item_id: int
    code: str
    name: str
    unit: str
    paper: str
    amount_to_add: str
    badges: Sequence[Badge]
    was_needed: str
    needed: str
    bought: str
    excess: str
    grade: int
    share: str
    tied: str
    loss: str
    start: str
    was_due: str
    due: str
    on_hand: str
    coming: str
    moq: str
    multiple: str
    price: str
    amount: str
    is_due: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class PurchaseGroup:
    """The rows of one supplier that the page shows; ``count`` and ``amount``: of all that the view has of it. ``code``
    is empty where an item has no source."""

    code: str
    name: str
    count: int
    amount: str
    rows: Sequence[PurchaseRow]


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads the list, and when."""

    limits: Limits
    currency: str
    today: date
    lang: Language


def groups_of(found: Listed, reading: Reading) -> list[PurchaseGroup]:
    told = []
    for group in found.groups:
        supplier, whole = group.purchases[0].proposal.supplier, found.sums[group.id]
        name = (named(supplier, reading.lang) or group.code) if supplier else ""
        rows = [_row(found, group.code, each, reading) for each in group.purchases]
        told.append(PurchaseGroup(group.code, name, whole.rows, money(whole.amount, reading.currency), rows))
    return told


def _row(found: Listed, supplier: str, of: Purchase, reading: Reading) -> PurchaseRow:
    row, today, currency = of.proposal, reading.today, reading.currency
    before, is_over = found.around.changed.get(row.pk), of.excess > 0
    was_needed = min(before.needed_steps, before.qty_steps) / 10**row.item.decimals if before else of.needed
    return PurchaseRow(
        id=row.pk,
        item_id=row.item_id,
        code=row.item.code,
        name=named(row.item, reading.lang),
        unit=row.item.unit,
        paper=f"{supplier}/{row.site_id or ''}",
        amount_to_add=f"{of.amount:.2f}",
        badges=list(badges_of(of, before, found.around, reading)),
        was_needed=qty(was_needed) if was_needed != of.needed else "",
        needed=qty(of.needed),
        bought=qty(of.bought),
        excess=qty(of.excess) if is_over else "",
        grade=of.grade,
        share=share(of.share) if of.grade else "",
        tied=money(of.tied, currency) if is_over else "",
        loss=money(of.loss, currency) if is_over else "",
        start=day(row.start_on, today),
        was_due=day(before.due_on, today) if before and before.due_on != row.due_on else "",
        due=day(row.due_on, today),
        on_hand=qty(of.on_hand),
        coming=qty(of.coming),
        moq=qty(of.moq),
        multiple=qty(of.multiple),
        price=price(None if row.price_millionths is None else of.price, currency),
        amount=money(of.amount, currency),
        is_due=row.start_on <= today,
        is_open=found.also is not None and found.also.proposal.pk == row.pk,
    )


def badges_of(of: Purchase, before: Before | None, about: Around, reading: Reading) -> Iterator[Badge]:
    """What somebody should know before it is approved: the plan wants otherwise than the one before, stock has moved
    since the plan was read, others were asked, a second person decides, where that does not go without saying."""
    row, lang, limits = of.proposal, reading.lang, reading.limits
    if row.price_millionths is None and of.moq is not None:
        yield Badge("R", "R", "!", NO_PRICE.say(lang))
    if before:
        yield Badge("", "", "Δ", CHANGED.say(lang))
    if about.read_at and of.moved_at and of.moved_at > about.read_at:
        yield Badge("Y", "Y", "Y", RE_PLAN.say(lang))
    asked = about.asked.get(row.pk, ())
    for each in asked[:MOST_ASKED]:
        yield _asked(each, lang)
    if of.grade >= ALARMING and not asked:
        yield Badge("O", "O", "?", CHOOSE.say(lang))
    if not limits.are_nothing and limits.waits(of.tied, of.amount):
        yield Badge("Y", "Y", "P", SECOND.say(lang))


def _asked(each: Pulled, lang: Language) -> Badge:
    if each.task.state == Task.State.DONE:
        return Badge("G", "G", "G", Truncator(each.task.result or "✓").chars(MOST_ANSWERED))
    return Badge("", "N", "N", each.lever.title.say(lang))
