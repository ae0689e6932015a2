"""Where these pages stand in the menu."""

from huoku.language import Sentence
from huoku.server.office.menu import LINKS, Link
from huoku.server.planning.rights import READ as READ_PLANS
from huoku.server.production.rights import READ


def enter() -> None:
    """Put the pages in front of the tables of production."""
    LINKS["production"] = (
        Link(Sentence("生产看板", "Production board"), "shop_board", READ),
        Link(Sentence("齐套", "Kitting"), "shop_kitting", READ),
        Link(Sentence("拣料", "Picking"), "shop_picking", READ),
        Link(Sentence("报工", "Reporting work"), "shop_work", READ),
        Link(Sentence("排产", "Sequence of work"), "shop_schedule", READ_PLANS),
    )
