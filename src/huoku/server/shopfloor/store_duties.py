"""What the store must do now: fetch, count, inspect, put away, send and receive."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.urls import reverse
from django.utils.http import urlencode

from huoku.language import Sentence
from huoku.server.ledger.models import Status
from huoku.server.ledger.rights import READ as READ_STOCK
from huoku.server.look.speaking import language
from huoku.server.office.duties import Duty, concerns
from huoku.server.platform.actor import Actor
from huoku.server.platform.roles import Role
from huoku.server.production.models import PickList
from huoku.server.production.rights import READ as READ_WORK
from huoku.server.purchasing.rights import READ as READ_PURCHASES
from huoku.server.shopfloor.store_asked import Row, waiting
from huoku.server.warehouse.models import Transfer
from huoku.server.warehouse.rights import READ as READ_TRANSFERS

OF_STORE = frozenset({Role.STOREKEEPER})
MOST = 20
"""So many papers of a kind are told one by one."""

FETCH = Sentence("拣料单 {name} 还有 {n} 行要拣", "Pick list {name}: {n} {n|line|lines} to fetch")
RECOUNT = Sentence(
    "{n} 处账实对不上，要去数",
    "{n} {n|place where the book was found wrong is|places where the book was found wrong are} to be counted",
)
COUNTS = Sentence("{n} 处盘点到期", "{n} {n|count is|counts are} due")
INSPECT = Sentence("{name} 到的货有 {n} 批待检", "{name}: {n} {n|receipt waits|receipts wait} for inspection")
PUT_AWAY = Sentence(
    "{name} 有 {n} 批刚收的货，货位在别处", "{n} new {n|receipt|receipts} at {name} {n|belongs|belong} elsewhere"
)
SEND = Sentence("调拨 {name} 该发出了", "Transfer {name} is to be sent")
TAKE_IN = Sentence("调拨 {name} 该收货了", "Transfer {name} is to be received")
BLOCKED = Sentence("{n} 批冻结的料等处理", "{n} blocked {n|lot waits|lots wait} for a decision")

STARTS = Sentence("{more} {day} 开工", "{more} starts {day}")
NOT_USED = Sentence("数清之前，计划和预留都不用它", "neither plans nor reservations use it before it is counted")
DUE = Sentence("最早 {day} 到期", "the first was due {day}")
SINCE = Sentence("{day} 收的", "received {day}")
GOES = Sentence("{day} 发往 {more}", "to leave {day} for {more}")
COMES = Sentence("{day} 应到，从 {more} 来", "due {day} from {more}")
WAITS = Sentence("{name} 在等", "{name} waits")
DECIDE = Sentence("退货、返工还是报废", "return it, rework it or scrap it")


@dataclass(frozen=True, slots=True)
class Kind:
    """``read``: who may know of it; ``whole``: where all of its kind stand; ``address``: where one is done,
    that page where there is none; ``of``: what paper one is about; ``waits``: somebody waits for that paper."""

    words: Sentence
    reason: Sentence
    action: Sentence
    read: str
    whole: Callable[[], str]
    address: Callable[[int], str] | None = None
    of: str = ""
    waits: bool = False
    has_day: bool = True
    is_urgent: bool = False


def _page(name: str) -> Callable[[], str]:
    return lambda: reverse(name)


def _list(table: str, asked: str = "") -> Callable[[], str]:
    return lambda: reverse("office_list", args=(table,)) + asked


def _row(table: str) -> Callable[[int], str]:
    return lambda row: reverse("office_row", args=(table, row))


def _at_a_place(row: int) -> str:
    return f"{reverse('office_list', args=('balances',))}?{urlencode({'filter[location_id][eq]': row})}"


PICKS, MOVED = PickList._meta.label_lower, Transfer._meta.label_lower
OF_BLOCKED = f"?{urlencode({'filter[status][in]': Status.BLOCKED.value})}"
KINDS: dict[str, Kind] = {
    "fetch": Kind(
        *(FETCH, STARTS, Sentence("去拣料", "Fetch it"), READ_WORK, _page("shop_picking")),
        address=lambda row: reverse("shop_walk", args=(row,)),
        of=PICKS,
        waits=True,
    ),
    "recount": Kind(
        *(RECOUNT, NOT_USED, Sentence("去数", "Count them"), READ_STOCK, _page("shop_counting")),
        is_urgent=True,
    ),
    "count": Kind(COUNTS, DUE, Sentence("去盘点", "Count them"), READ_STOCK, _page("shop_counting")),
    "inspect": Kind(
        *(INSPECT, SINCE, Sentence("去检验", "Inspect"), READ_PURCHASES, _list("purchase_receipts")),
        address=_row("purchase_orders"),
    ),
    "put_away": Kind(
        *(PUT_AWAY, SINCE, Sentence("去上架", "Put away"), READ_STOCK, _list("balances")), address=_at_a_place
    ),
    "send": Kind(
        *(SEND, GOES, Sentence("去发货", "Send it"), READ_TRANSFERS, _list("transfers")),
        address=_row("transfers"),
        of=MOVED,
    ),
    "receive": Kind(
        *(TAKE_IN, COMES, Sentence("去收货", "Receive it"), READ_TRANSFERS, _list("transfers")),
        address=_row("transfers"),
        of=MOVED,
    ),
    "blocked": Kind(
        *(BLOCKED, DECIDE, Sentence("去看", "See them"), READ_STOCK, _list("balances", OF_BLOCKED)), has_day=False
    ),
}


def in_the_store(actor: Actor, today: date) -> Iterator[Duty]:
    """Each kind for those who do it, the longest due first."""
    mine = {name: each for name, each in KINDS.items() if concerns(actor, each.read, OF_STORE)}
    if not mine:
        return
    rows = sorted(waiting(actor, today), key=lambda row: (row[0], row[3] or today, row[2]))
    for name, each in mine.items():
        of_kind = (row for row in rows if row[0] == name)
        yield from (_duty(name, each, row, today) for row in islice(of_kind, MOST))


def _duty(name: str, kind: Kind, row: Row, today: date) -> Duty:
    _, pk, called, day, n, more = row
    lang = language()
    late = max(0, (today - day).days) if day and kind.has_day else 0
    said = f"{day:%m-%d}" if day else ""
    whole = kind.whole()
    return Duty(
        kind.words.say(lang, name=called, n=n),
        kind.reason.say(lang, day=said, more=more),
        kind.action,
        kind.address(pk) if kind.address else whole,
        "O" if late or kind.is_urgent else "Y",
        late_days=late,
        due_on=day,
        about=(kind.of, pk) if kind.of else None,
        who=WAITS.say(lang, name=more) if kind.waits else "",
        whose=OF_STORE,
        key=f"{name}:{pk}",
        stands_for=1 if kind.of else n,
        whole=whole,
    )
