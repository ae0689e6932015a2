"""What the rows of a page refer to is called: items in the reader's language, papers by their numbers."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from huoku.language import Language
from huoku.server.items.models import Item
from huoku.server.items.rights import READ
from huoku.server.look.speaking import named
from huoku.server.planning.papers import KINDS, Paper, papers
from huoku.server.platform.actor import Actor
from huoku.server.platform.tables.table import Table

Rows = Iterable[Mapping[str, Any]]
OF_THE_LEDGER = re.compile(rf"({'|'.join(re.escape(kind) for kind in KINDS)}):\d+")


class Names(NamedTuple):
    """``items`` by id, ``papers`` by what the ledger calls them, such as sales.line:5."""

    items: Mapping[int, str]
    papers: Mapping[str, Paper]


def names_in(actor: Actor, lang: Language, *told: tuple[Table, Rows]) -> Names:
    """Of what rows of these tables refer to; of items none where the actor may not read them."""
    wanted: set[int] = set()
    ledger: set[str] = set()
    for table, rows in told:
        sources = [each.source for each in table.expands.values() if each.table == "items" and not each.many]
        wanted |= {row[source] for row in rows for source in sources if row.get(source) is not None}
        ledger |= {
            text for row in rows for text in row.values() if isinstance(text, str) and OF_THE_LEDGER.fullmatch(text)
        }
    found = papers(actor, ledger) if ledger else {}
    if not wanted or not actor.may(READ):
        return Names({}, found)
    items = Item.objects.of(actor.company).filter(pk__in=wanted).only("name", "name_en")
    return Names({item.pk: name for item in items if (name := named(item, lang))}, found)
