"""What somebody must not see is in no page that the desk sends him: not in lists, files, forms, papers, reasons or
screens. The pages are those of the router: one whose address names something that this file has no row for, fails."""

import re
from html import unescape

import pytest
from tests.server.api.conftest import caller_of
from tests.server.api.test_who_may import SEES, undone
from tests.tries import IS_STRESS

READERS = (
    ("owner", "sales", "planner", "buyer", "storekeeper", "production_lead", "engineer", "admin", "auditor")
    if IS_STRESS
    else ("owner", "sales", "storekeeper")
)
WHOLE = {"cost": "1111", "sales_price": "2222", "supplier_terms": "3333"}
"""The figures that only some see begin with these, in whatever form a page writes them: 1,111.11 or ¥1,111."""
SECRETS = {
    **{group: re.compile(rf"(?<![\w.]){digits}(?:\.\d+)?(?![\w])") for group, digits in WHOLE.items()},
    "customer_identity": re.compile("customer-secret|顾客机密"),
    "suppliers_secrets": re.compile("supplier-secret|terms-secret"),
}
GROUP = {"suppliers_secrets": "supplier_terms"}
ROW_OF = {
    "item_id": "items",
    "line_id": "sales_lines",
    "proposal_id": "proposals",
    "run_id": "plan_runs",
    "supplier_id": "suppliers",
    "customer_id": "customers",
    "resource_id": "resources",
    "list_id": "pick_lists",
    "operation_id": "work_operations",
    "task_id": "count_tasks",
    "count_id": "counts",
}
OF_PAGE = {
    **dict.fromkeys(("shop_kit", "shop_kit_section"), "work_orders"),
    **{"shop_request": "work_orders", "shop_deliverable": "sales_orders"},
}
"""By page: whose ``order_id``."""


FIRST_OF_A_TREE = "0"
"""What stands below is asked for by a place in the tree."""


def screens(world):
    """Every page that is about no table as such."""
    from huoku.server.office import urls as office
    from huoku.server.shopfloor import urls as shopfloor
    from huoku.server.workbench import urls as workbench

    for pattern in (*office.urlpatterns, *workbench.urlpatterns, *shopfloor.urlpatterns):
        route = str(pattern.pattern)
        asked = re.findall(r"<(?:\w+:)?(\w+)>", route)
        if {"table_name", "figure", "postponed_id"} & set(asked):  # the last is a button alone
            continue
        for name in asked:
            table = OF_PAGE[pattern.name] if name == "order_id" else ROW_OF.get(name)
            route = re.sub(rf"<(?:\w+:)?{name}>", str(world.ids[table]) if table else FIRST_OF_A_TREE, route)
        yield f"/{route}"


def pages_of_tables(world):
    """Each list as a page, on paper, as a file and by rows; a row with its drawer, print and forms."""
    from huoku.server.platform.tables.table import TABLES

    for name, table in TABLES.items():
        yield from (f"/office/{name}/{how}" for how in ("", "?as=paper", "?as=csv", "rows", "new"))
        if row := world.ids.get(name):
            yield from (f"/office/{name}/{row}/{how}" for how in ("", "drawer", "print"))
            steps = [each for each, what in table.actions.items() if "id" in what.request.model_fields]
            yield from (f"/office/{name}/{row}/do/{step}" for step in (*steps, *(["change"] if table.change else [])))


def reasons(world):
    """Of every figure, asked about every row that it can be about."""
    from huoku.server.office.reasons import FIGURES_WITH_REASON

    ids = sorted(
        {world.ids[table] for table in (*ROW_OF.values(), *OF_PAGE.values(), "purchase_orders", "purchase_lines")}
    )
    for name in FIGURES_WITH_REASON:
        yield f"/desk/why/{name}"
        yield from (f"/desk/why/{name}/{row}" for row in ids)


def told_in(client, address):
    """What the server answers, its figures without the commas of thousands; "" where it is refused."""
    answer = client.get(address)
    assert answer.status_code in (200, 302, 400, 403, 404, 405, 409, 422), (address, answer.status_code)
    text = answer.getvalue().decode("utf-8", "replace")
    return re.sub(r"(?<=\d),(?=\d{3})", "", unescape(text))


@pytest.mark.slow
@pytest.mark.sqlite_only  # what a page holds is decided above the database
def test_no_page_holds_what_its_reader_must_not_see(world, company):
    addresses = [*screens(world), *pages_of_tables(world), *reasons(world)]
    assert len(addresses) > 500
    held, leaks = {}, []
    for role in READERS:
        with undone():
            client = caller_of(company, role).client
            for address in addresses:
                text = told_in(client, address)
                for secret, pattern in SECRETS.items():
                    if found := pattern.search(text):
                        held.setdefault(role, set()).add(secret)
                        if role not in SEES[GROUP.get(secret, secret)]:
                            leaks.append((role, address, text[max(0, found.start() - 80) : found.end() + 40]))
    assert leaks == []
    assert held["owner"] == set(SECRETS), "the secrets stand on no page: the test shows nothing"
