"""What the items of a page are called, in the reader's language where they have a name in it."""

from collections.abc import Iterable, Mapping
from typing import Any

from huoku.language import Language
from huoku.server.items.models import Item
from huoku.server.items.rights import READ
from huoku.server.look.speaking import named
from huoku.server.platform.actor import Actor
from huoku.server.platform.tables.table import Table

Rows = Iterable[Mapping[str, Any]]


def names_of_items(actor: Actor, lang: Language, *told: tuple[Table, Rows]) -> dict[int, str]:
    """By id, of the items that rows of these tables refer to; empty where the actor may not read items."""
    wanted = set()
    for table, rows in told:
        sources = [each.source for each in table.expands.values() if each.table == "items" and not each.many]
        wanted |= {row[source] for row in rows for source in sources if row.get(source) is not None}
    if not wanted or not actor.may(READ):
        return {}
    items = Item.objects.of(actor.company).filter(pk__in=wanted).only("name", "name_en")
    return {item.pk: name for item in items if (name := named(item, lang))}
