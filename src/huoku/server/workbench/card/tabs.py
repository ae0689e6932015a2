"""The rows about an item, one table at a time, each with its number; only what the reader may see."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from huoku.language import Language, Sentence
from huoku.plan import Plan
from huoku.server.items.models import Item, Substitute
from huoku.server.ledger.models import Reservation
from huoku.server.ledger.rights import READ as READ_STOCK
from huoku.server.office.happened import happened
from huoku.server.office.parts import rows_about
from huoku.server.partners.rights import READ as READ_PARTNERS
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup
from huoku.server.platform.tables.table import TABLES
from huoku.server.workbench.card.lots import lots_of
from huoku.server.workbench.card.prices import prices_of

TABS = {
    "movements": Sentence("收发台账", "Ledger"),
    "reservations": Sentence("预留", "Reserved"),
    "supplies": Sentence("在途", "On order"),
    "bom_lines": Sentence("用于", "Used in"),
    "substitutes": Sentence("替代", "Substitutes"),
    "sources": Sentence("价格", "Prices"),
    "lots": Sentence("库龄", "Lots by age"),
    "changes": Sentence("改动", "Changes"),
}
RIGHTS = {"movements": READ_STOCK, "reservations": READ_STOCK, "supplies": READ_STOCK, "lots": READ_STOCK}
RIGHTS["sources"] = READ_PARTNERS
SAID = ("item", "unit", "id", "version")
PLAIN = {
    "reservations": (
        "need_on",
        {"filter[state][in]": ",".join(Reservation.OPEN)},
        (*SAID, "owner", "posted", "voided", "expired", "pre_empted", "made_at", "expires_at", "supply", "kind"),
    ),
    "supplies": ("expected_on", {"filter[quantity][gt]": "0"}, SAID),
    "bom_lines": ("parent", {}, ("component", "seq", "qty_numerator", "qty_denominator", "operation", "unit")),
}
"""By tab that lists a table as it is: sort, filters, columns that say what others say."""
ROWS = "50"
NOTHING = {
    "reservations": ("没有给谁留着。", "Nothing is kept for anybody."),
    "supplies": ("没有在途的货。", "Nothing is on its way."),
    "bom_lines": ("没有物料清单用到它。", "No bill takes of it."),
    "sources": ("还没有货源。", "Nobody sells it yet."),
}


def tabs_of(request: HttpRequest, actor: Actor, item: Any) -> dict[str, Any]:
    """The tabs that the actor may open, each with its number (None: not counted), and the name of the open one."""
    numbers = {
        "movements": item.n_movements,
        "reservations": item.n_reservations,
        "supplies": item.n_supplies,
        "bom_lines": item.n_bom_lines,
        "substitutes": item.n_substitutes + item.n_stands_in,
        "sources": item.n_sources,
        "lots": item.n_lots,
        "changes": None,
    }
    seen = [
        (name, words, numbers[name]) for name, words in TABS.items() if name not in RIGHTS or actor.may(RIGHTS[name])
    ]
    asked = request.GET.get("tab", "")
    names = [name for name, _, _ in seen]
    usual = "bom_lines" if item.kind == Item.Kind.PHANTOM else names[0]
    return {"tabs": seen, "tab": asked if asked in names else usual}


def rows_of(actor: Actor, item: Item, tab: str, plan: Plan | None, today: date, lang: Language) -> dict[str, Any]:
    """What the template of the tab shows; the ledger is read with the papers of the page."""
    if tab == "movements":
        return {}
    if tab == "substitutes":
        return {"substitutes": _substitutes(actor, item)}
    if tab == "sources":
        terms, chart = prices_of(actor, item, today, lang) if actor.sees(FieldGroup.SUPPLIER_TERMS) else ((), None)
        if not actor.sees(FieldGroup.SUPPLIER_TERMS):
            asked = {"filter[item][eq]": item.code, "limit": ROWS}
            return {"part": rows_about(actor, "sources", asked, lang, SAID), "nothing": NOTHING[tab]}
        return {"terms": terms, "prices": chart}
    if tab == "lots":
        return {"lots": lots_of(actor, item, plan, today)}
    if tab == "changes":
        return {"history": happened(TABLES["items"], actor, item.pk, lang)}
    sort, filters, without = PLAIN[tab]
    column = "component" if tab == "bom_lines" else "item"
    question = {f"filter[{column}][eq]": item.code, "sort": sort, "limit": ROWS, **filters}
    return {"part": rows_about(actor, tab, question, lang, without), "nothing": NOTHING[tab]}


def _substitutes(actor: Actor, item: Item) -> list[tuple[bool, Substitute, float]]:
    """Whether it is the item that is replaced (else it stands in itself), the row, how many for one."""
    rows = rows_for(actor, Substitute).filter(Q(item=item) | Q(substitute=item))
    found = rows.select_related("item", "substitute", "parent").order_by("priority", "pk")[:100]
    return [(each.item_id == item.pk, each, each.ratio_numerator / each.ratio_denominator) for each in found]
