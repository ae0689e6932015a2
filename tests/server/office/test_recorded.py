"""The audit trail and the pages of rows say in words what was done, and settings what they do."""

import json

import pytest
from tests.server.api.conftest import caller_of


def test_the_trail_names_the_paper_and_what_changed_and_opens_it(company):
    owner = caller_of(company, "owner", language="zh-hans")
    owner.added("/items", code="LAMP", name="台灯", kind="buy", unit="pcs")
    item = owner.get("/items?filter[code][eq]=LAMP").json()["rows"][0]
    assert owner.send("PATCH", f"/items/{item['id']}", {"lifecycle": "phase_out"}, tag="*").status_code == 200
    row = owner.client.get("/office/audit_entries/rows?sort=-id").json()["rows"][0]
    assert row["changes_page"] == f"/desk/item/{item['id']}"
    assert "生命周期" in row["changes"] and "逐步停用" in row["changes"] and "{" not in row["changes"]
    page = owner.client.get(f"/office/audit_entries/{row['id']}/").content.decode()
    assert "逐步停用" in page and "&quot;what&quot;" not in page


def test_every_setting_says_what_it_does_and_who_changed_it(company):
    from huoku.server.office.settings import DOES, SETTINGS
    from huoku.server.platform.tables.table import TABLES

    for table, groups in SETTINGS.items():
        told = {f"{table}.{name}" for _, names in groups for name in names.split()}
        columns = {f"{table}.{each.name}" for each in TABLES[table].columns} - {f"{table}.id", f"{table}.version"}
        assert told == columns and told <= set(DOES)
    owner = caller_of(company, "owner", language="en")
    owner.added("/sales_rules", hold_hours=72)
    (rules,) = owner.get("/sales_rules").json()["rows"]
    page = owner.client.get(f"/office/sales_rules/{rules['id']}/").content.decode()
    assert "72" in page and "usual 48" in page and "then it is free again" in page and "by owner" in page
    form = owner.client.get("/office/sales_rules/new").content.decode()
    assert 'value="72"' in form


@pytest.mark.parametrize("table", ["transfers", "valuations", "period_locks", "customer_statements"])
def test_an_empty_list_says_what_its_rows_are_for(company, table):
    from huoku.server.office.empty import EMPTY

    page = caller_of(company, "owner", language="zh-hans").client.get(f"/office/{table}/").content.decode()
    assert EMPTY[table].why.zh in page


def test_an_empty_list_leads_nobody_where_he_may_not_go(company):
    there = "/desk/buying"
    assert there in caller_of(company, "buyer", language="en").client.get("/office/purchase_requests/").content.decode()
    page = caller_of(company, "storekeeper", language="en").client.get("/office/purchase_requests/").content.decode()
    empty = page[page.index("data-empty") :]
    assert f'class="btn" href="{there}"' not in empty


def test_the_trail_names_a_line_by_its_paper_and_place(company, world):
    """What the ledger calls purchasing.line:5 is the second line of an order to people."""
    from huoku.server.documents.papers import Paper
    from huoku.server.office.recorded import recorded
    from huoku.server.platform.tables.table import TABLES

    facts = {"supply": "purchasing.line:5", "kind": "sales.salesorder"}
    known = {"purchasing.line:5": Paper("PO-2026-00001", "purchase_orders", 3, line=2)}

    def told(what, lang):
        changes = json.dumps([{"what": what, "id": 1, "old": {}, "new": facts}])
        return recorded(TABLES["audit_entries"], {"changes": changes}, "changes", known, lang)[0]

    assert "PO-2026-00001 行 2" in told("ledger.supplybalance", "zh")
    assert "PO-2026-00001 line 2" in told("ledger.supplybalance", "en")
    assert "销售订单" in told("documents.numberrange", "zh")


def test_a_line_in_the_trail_of_a_real_order_is_named_so(company, world):
    from huoku.server.documents.papers import papers

    owner = caller_of(company, "owner", language="zh-hans")
    lines = owner.rows("/purchase_lines")
    known = papers(owner.actor, [f"purchasing.line:{line['id']}" for line in lines])
    assert lines and {each.line for each in known.values()} <= {line["seq"] for line in lines} - {0}


def test_the_kind_of_paper_that_is_numbered_is_chosen_by_its_name(company):
    form = caller_of(company, "owner", language="zh-hans").client.get("/office/number_ranges/new").content.decode()
    assert '<option value="sales.salesorder">销售订单</option>' in form and 'type="text" name="kind"' not in form
