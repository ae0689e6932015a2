"""Where these pages stand in the menu."""

from huoku.language import Sentence
from huoku.server.ledger.rights import READ as READ_STOCK
from huoku.server.office.duties import DUTIES
from huoku.server.office.menu import LINKS, PAPER_LINKS, Link
from huoku.server.office.sections import SECTIONS
from huoku.server.planning.rights import QUOTE
from huoku.server.planning.rights import READ as READ_PLANS
from huoku.server.production.rights import READ
from huoku.server.shopfloor.duties import to_begin
from huoku.server.shopfloor.kit_section import kit_of_a_paper
from huoku.server.shopfloor.store_duties import in_the_store


def enter() -> None:
    """Put the pages in front of the tables of production."""
    DUTIES.extend((to_begin, in_the_store))
    SECTIONS["work_orders"] = [kit_of_a_paper]
    PAPER_LINKS["sales_orders"] = (Link(Sentence("能否按期交", "Deliverable?"), "shop_deliverable", QUOTE),)
    PAPER_LINKS["work_orders"] = (Link(Sentence("齐套", "Kit"), "shop_kit", READ),)
    PAPER_LINKS["pick_lists"] = (Link(Sentence("去拣料", "Walk"), "shop_walk", READ),)
    LINKS["warehouse"] = (
        *LINKS.get("warehouse", ()),  # of the screens of planning
        Link(Sentence("盘点", "Counting"), "shop_counting", READ_STOCK, "scan"),
        Link(Sentence("拣料", "Picking"), "shop_picking", READ, "clipboard-list"),
    )
    LINKS["production"] = (
        Link(Sentence("生产看板", "Production board"), "shop_board", READ, "layout-dashboard"),
        Link(Sentence("齐套", "Kitting"), "shop_kitting", READ, "list-details"),
        Link(Sentence("报工", "Reporting work"), "shop_work", READ, "check"),
        Link(Sentence("排产", "Sequence of work"), "shop_schedule", READ_PLANS, "layout-kanban"),
    )
