"""Opening a shortage of an order, or bringing the open one before people again."""

from huoku.language import Sentence
from huoku.server.documents.course import go
from huoku.server.documents.numbers import next_number
from huoku.server.documents.tasks import drop_tasks
from huoku.server.items.models import Item
from huoku.server.ledger.models import Location
from huoku.server.platform.command import At
from huoku.server.platform.kept import add, opened
from huoku.server.production.commands.work import PauseOperation, pause_operation
from huoku.server.production.components import Components
from huoku.server.production.covering import SHORTAGE as KIT_TASK
from huoku.server.production.models import WorkOperation, WorkOrder
from huoku.server.shortages.called import SOURCES
from huoku.server.shortages.impact import per_day
from huoku.server.shortages.lacking import need_day
from huoku.server.shortages.models import ShortageCase
from huoku.server.shortages.standing import Standing, stand
from huoku.server.shortages.states import CLOSED, FOUND, SOLVED, VERIFIED
from huoku.server.shortages.telling import said, tell_heads
from huoku.server.shortages.trail import note

Source = ShortageCase.Source
OPENED = Sentence(
    "发现缺料（{zh}）：工单 {number} 缺 {missing}。", "Found ({en}): work order {number} lacks {missing}."
)


def open_for(
    at: At, order: WorkOrder, item: Item, source: Source, place: Location | None = None, words: str = ""
) -> tuple[ShortageCase, Standing] | None:
    """The open shortage of this order and item, and how it stands; None where nothing is missing."""
    now = stand(at, order, item)
    need_on = need_day(at, order)
    missing = now.lack.missing(need_on)
    found = ShortageCase.objects.of(at.company_id).filter(order=order, item=item).exclude(state=CLOSED).first()
    if not missing:
        return (found, now) if found else None
    case = opened(at, ShortageCase, found.pk, None) if found else ShortageCase(order=order, item=item)
    if found and found.missing_steps == missing and found.state != SOLVED and place is None:
        return case, now  # known already
    values = {"missing_steps": missing, "need_on": need_on, "late_per_day_minor": per_day(now.hits)}
    if place or not found:
        values |= {"source": source, "place": place}
    if found:
        again = VERIFIED if case.verified_at and place is None else FOUND
        go(at, case, "shortages.review_case", to=again if case.state == SOLVED or place else case.state, **values)
    else:
        _begin(at, case, words, **values)
    _take_over_tasks(at, order, now.components, item)
    if source == Source.PICK:
        _pause(at, case, now.components)
    tell_heads(at, case, now.hits)
    why = SOURCES[case.source]
    about = {"zh": why.zh, "en": why.en, "number": order.number, "missing": said(case, missing)}
    note(at, case, "found", OPENED, order.ledger_name, **about)
    return case, now


def _begin(at: At, case: ShortageCase, words: str, **values: object) -> None:
    case.number = next_number(at, ShortageCase._meta.label_lower, "SC")
    case.state, case.site_id, case.note = FOUND, case.order.site_id, words
    case.made_at, case.made_by = at.now, at.actor.user
    for name, value in values.items():
        setattr(case, name, value)
    add(at, case)


def _take_over_tasks(at: At, order: WorkOrder, components: Components, item: Item) -> None:
    """What production left to the same people is said by the shortage now."""
    drop_tasks(at, order, KIT_TASK)
    for row in components:
        if row.item_id == item.pk:
            drop_tasks(at, order, f"pick_short_{row.seq}")


def _pause(at: At, case: ShortageCase, components: Components) -> None:
    """Nothing is begun in vain: the operation that uses it waits, where nobody has begun it."""
    rows = WorkOperation.objects.of(at.company_id).filter(order=case.order_id)
    uses = [row.operation for row in components if row.item_id == case.item_id and row.operation]
    if uses:
        rows = rows.filter(seq=min(uses))
    operation = rows.order_by("seq").first()
    if operation and operation.state in ("waiting", "ready"):
        asked = PauseOperation(id=operation.pk, cause=WorkOperation.Cause.MATERIAL, note=case.number)
        pause_operation.body(at, asked)
