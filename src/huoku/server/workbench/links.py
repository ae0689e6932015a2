"""Where these pages stand in the menu and on the first page."""

from huoku.language import Sentence
from huoku.server.items.rights import READ as READ_ITEMS
from huoku.server.ledger.rights import READ as READ_STOCK
from huoku.server.office.beside import MOMENTS, PANELS
from huoku.server.office.duties import DUTIES
from huoku.server.office.figures import FIGURES
from huoku.server.office.frame import STANDING
from huoku.server.office.menu import AS_LAST_TIME, LINE_HINTS, LINKS, OTHER_VIEWS, PAPER_LINKS, Link
from huoku.server.office.opening import SCREENS
from huoku.server.office.sections import SECTIONS
from huoku.server.planning.rights import BRING_IN, DECIDE, PLAN, QUOTE, READ
from huoku.server.platform.rights import MANAGE_PEOPLE, READ_AUDIT
from huoku.server.workbench import duties, panels
from huoku.server.workbench.figures import late_orders, money_in_stock, purchases_of_the_week
from huoku.server.workbench.job_told import answer_of_a_job
from huoku.server.workbench.moments import moments
from huoku.server.workbench.plan_age import plan_age
from huoku.server.workbench.run_result import result_of_a_run
from huoku.server.workbench.to_decide import subject_of_an_approval

PLACES = Link(Sentence("库位一览", "Stock by place"), "desk_places", READ_STOCK, "sitemap")


def enter() -> None:
    """Put the screens in front of the tables of their trade, and open rows on the screens made for them."""
    AS_LAST_TIME.update(purchase_orders=("location",), work_orders=("target", "work_in_progress"))
    LINE_HINTS.update(purchase_orders="desk_line_of_purchase", sales_orders="desk_line_of_sale")
    LINKS["purchasing"] = (Link(Sentence("采购建议", "What to buy"), "desk_buying", DECIDE, "shopping-cart"),)
    LINKS["sales"] = (
        Link(Sentence("报价", "Quotation"), "desk_quotation", QUOTE, "zoom-question"),
        Link(Sentence("订单齐套", "Order pegging"), "desk_pegging", READ, "sitemap"),
    )
    LINKS["planning"] = (
        Link(Sentence("模拟", "What if"), "desk_what_if", PLAN, "wand", sees_all_sites=True),
        Link(Sentence("工作日历", "Calendar"), "desk_calendar", READ_ITEMS, "calendar"),
    )
    LINKS["warehouse"] = (PLACES,)
    PAPER_LINKS["locations"] = (Link(Sentence("在库位一览里看", "See it in stock by place"), "desk_place", READ_STOCK),)
    OTHER_VIEWS["locations"] = PLACES
    LINKS["company"] = (
        Link(Sentence("导入自己的数据", "Bring in my data"), "own_data", BRING_IN, "package-import"),
        Link(Sentence("人员和岗位", "People and roles"), "account_people", MANAGE_PEOPLE, "users"),
        Link(Sentence("核对记录", "Verify the record"), "office_record", READ_AUDIT, "check"),
    )
    SCREENS.update(items="desk_item", resources="desk_resource", suppliers="desk_supplier", customers="desk_customer")
    SCREENS.update(shortages="desk_shortage")
    STANDING.append(plan_age)
    SECTIONS["plan_runs"] = [result_of_a_run]
    SECTIONS["jobs"] = [answer_of_a_job]
    SECTIONS["approvals"] = [subject_of_an_approval]
    FIGURES.extend((late_orders, purchases_of_the_week, money_in_stock))
    DUTIES.extend((duties.shortages, duties.late_orders, duties.to_order, duties.to_chase))
    MOMENTS.append(moments)
    PANELS.extend((panels.promises_at_risk, panels.against_the_plan_before, panels.freshness))
