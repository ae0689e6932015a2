"""The desk: every table and every paper has a page, and a paper is brought from start to end by its buttons."""

import re
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.server.api.conftest import caller_of

MOST_QUERIES = 20


@contextmanager
def few_queries(page):
    """On PostgreSQL what says whose rows are seen is no question, nor what a process asks once about its database."""
    assert connection.features.supports_json_field
    with CaptureQueriesContext(connection) as seen:
        yield
    asked = [query["sql"] for query in seen.captured_queries if not query["sql"].startswith("SELECT set_config(")]
    assert len(asked) <= MOST_QUERIES, (page, asked)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_table_has_a_list_and_every_row_a_page_and_a_print(world, language):
    from huoku.server.platform.tables.table import TABLES

    client = world.owner.client
    client.cookies["django_language"] = language
    for name, table in TABLES.items():
        with few_queries(name):
            listed = client.get(f"/office/{name}/")
        assert listed.status_code == 200, name
        if row := world.ids.get(name):
            for page in ("", "print"):
                with few_queries(f"{name} {page}"):
                    answer = client.get(f"/office/{name}/{row}/{page}")
                assert answer.status_code == 200, (name, page)
        if table.add is not None:
            assert client.get(f"/office/{name}/new").status_code == 200, name


@pytest.mark.slow
def test_every_button_opens_its_form(world):
    from huoku.server.platform.tables.table import TABLES

    opened = 0
    for name in TABLES:
        if row := world.ids.get(name):
            text = world.owner.client.get(f"/office/{name}/{row}/").content.decode()
            for address in re.findall(r'href="(/office/[^"]+/do/[^"]+)"', text):
                assert world.owner.client.get(address).status_code == 200, address
                opened += 1
    assert opened > 20


def test_who_sends_a_form_that_somebody_else_was_quicker_with_is_told_what_stands_there_now(world):
    """Two have the customer open: the second is told the first one's telephone, loses nothing, and decides."""
    client = world.owner.client
    client.cookies["django_language"] = "zh-hans"
    made = world.owner.added("/customers", code="QUAY", name="码头")
    form = f"/office/customers/{made['id']}/do/change"
    first = {"name": "码头", "currency": "CNY", "payment_days": "0", "priority": "5", "is_active": "on", "version": "1"}
    assert client.post(form, {**first, "phone": "111", "key": "first"}).status_code == 302
    answer = client.post(form, {**first, "phone": "222", "address": "二号门", "key": "second"})
    told = answer.content.decode()
    assert answer.status_code == 422 and "现在存的是：电话“111”、地址“（空）”" in told and 'value="二号门"' in told
    again = re.search(r'name="version" value="(\d+)"', told)[1]
    assert client.post(form, {**first, "phone": "222", "version": again, "key": "third"}).status_code == 302
    assert world.owner.rows("/customers?filter[code][eq]=QUAY")[0]["phone"] == "222"


def test_what_stands_below_an_input_is_said_in_chinese_too():
    from huoku.server.office.asking import fields_of
    from huoku.server.office.explained import ZH
    from huoku.server.platform.tables.table import TABLES

    said = {
        field.hint
        for table in TABLES.values()
        for command in table.commands()
        for field in fields_of(command.request, {})
        if field.hint
    }
    assert said - set(ZH) == set()


def test_every_column_field_and_action_has_a_chinese_name():
    from huoku.server.office.asking import fields_of
    from huoku.server.office.words import ZH
    from huoku.server.platform.tables.table import TABLES

    def names(fields):
        for field in fields:
            yield field.name
            yield from field.headings
            for row in field.rows:
                yield from names(row)

    wanted = {column.name for table in TABLES.values() for column in table.columns}
    wanted |= {action for table in TABLES.values() for action in table.actions}
    wanted |= {
        name
        for table in TABLES.values()
        for command in table.commands()
        for name in names(fields_of(command.request, {}))
    }
    assert {name for name in wanted if not name.endswith("_id")} - set(ZH) == set()


def test_every_choice_and_every_state_has_words_in_both_languages():
    """Of all forms, of lines in forms, of all columns of codes, and of all courses."""
    from huoku.server.documents.course import COURSES
    from huoku.server.office.asking import fields_of
    from huoku.server.office.choices import choices_of, offered
    from huoku.server.platform.tables.table import TABLES

    def named(table, fields, where):
        for field in fields:
            for value, words in offered(table, field.name, field.choices):
                yield f"{where}.{field.name}", value, words
            for row in field.rows[:1]:
                yield from named(table, row, f"{where}.{field.name}")

    def all_of_it():
        for table in TABLES.values():
            for command in table.commands():
                yield from named(table, fields_of(command.request, {}), command.name)
            for column in table.columns:
                for value, words in choices_of(table, column).items():
                    yield f"{table.name}.{column.name}", value, words
        for model, course in COURSES.items():
            yield from ((model, state, words) for state, words in course.states.items())

    told = list(all_of_it())
    assert {"production.work_orders.state", "shortages.close_case.cause"} & {where for where, _, _ in told}
    wrong = {
        (where, value)
        for where, value, words in told
        if value not in ("A", "B", "C")
        and (not re.search("[\u4e00-\u9fff]", words.zh) or not re.fullmatch("[A-Za-z0-9 ,()’'-]+", words.en))
    }
    assert wrong == set()


def test_what_every_command_of_a_table_does_is_said_in_both_languages():
    from huoku.server.office.doings import doing
    from huoku.server.platform.tables.table import TABLES

    told = {command.name: doing(command.name) for table in TABLES.values() for command in table.commands()}
    assert told["production.release_order"].zh == "生产工单：下达"
    wrong = {name for name, words in told.items() if not re.search("[\u4e00-\u9fff]", words.zh) or "_" in words.en}
    assert wrong == set()


def test_a_task_is_listed_with_the_number_of_its_paper(world):
    order = world.owner.rows(f"/sales_orders?filter[id][eq]={world.ids['sales_orders']}")[0]
    world.owner.added("/comments", what="sales.salesorder", row=order["id"], text="please look")
    page = world.owner.client.get("/office/comments/").content.decode()
    assert f'<a href="/office/sales_orders/{order["id"]}/">{order["number"]}</a>' in page
    told = world.owner.client.get("/office/comments/rows").json()["rows"]
    assert order["number"] in {row["row"] for row in told}


def test_a_form_offers_its_choices_by_their_names(world):
    """``in_progress`` and ``fifo`` are for programs: people choose words, and programs get their codes."""
    client = world.owner.client
    for language, words in (("en", "first in, first out"), ("zh-hans", "先进先出")):
        client.cookies["django_language"] = language
        page = client.get("/office/valuations/new").content.decode()
        assert f'<option value="fifo">{words}</option>' in page
        assert ">fifo<" not in page and "moving_average<" not in page


def test_proposals_are_accepted_from_their_list(world):
    page = world.owner.client.get("/office/proposals/").content.decode()
    chosen = re.search(r'formaction="(/office/proposals/chosen/reject)"', page)
    assert chosen and f'name="id" value="{world.ids["proposals"]}"' in page
    form = world.owner.client.get(f"{chosen[1]}?id={world.ids['proposals']}").content.decode()
    assert "<textarea" in form
    sent = {"key": "r", "proposals": str(world.ids["proposals"]), "reason": "not now"}
    world.owner.client.post(chosen[1], sent)
    assert world.owner.rows(f"/proposals?filter[id][eq]={world.ids['proposals']}")[0]["state"] == "rejected"
    accept = world.owner.client.get(f"/office/proposals/chosen/accept?id={world.west['proposals']}").content.decode()
    assert f'name="proposals-0-id" value="{world.west["proposals"]}"' in accept


def test_who_may_not_read_a_table_finds_no_page(company, world):
    keeper = caller_of(company, "storekeeper")
    assert keeper.client.get("/office/audit_entries/").status_code == 404
    assert "valuations" not in keeper.client.get("/").content.decode()


def test_a_page_holds_nothing_that_its_reader_must_not_see(company, world):
    keeper = caller_of(company, "storekeeper")
    order = world.ids["sales_orders"]
    for path in (f"/office/sales_orders/{order}/", "/office/items/", f"/office/customers/{world.ids['customers']}/"):
        text = keeper.client.get(path).content.decode()
        assert "顾客机密" not in text and "2222.222202" not in text and "1111.111101" not in text


def test_an_order_goes_from_inquiry_to_shipment_by_its_buttons(company):
    from huoku.server.platform.scope import entered
    from huoku.server.sales.models import SalesLine, SalesOrder

    call = caller_of(company, "owner")
    call.added("/items", code="SCREW")
    call.added("/customers", code="LI")
    for code, kind in (("SHELF", "storage"), ("OUTSIDE", "supplier"), ("CUSTOMERS", "customer")):
        call.added("/locations", code=code, kind=kind)
    line = {"kind": "receive", "item": "SCREW", "quantity": "100", "from_location": "OUTSIDE", "to_location": "SHELF"}
    call.added("/movements", lines=[line])
    new = "/office/sales_orders/new"
    filled = {"customer": "LI", "lines-count": "6", "lines-0-item": "SCREW", "lines-0-qty": "40"}
    short = call.client.post(new, {**filled, "key": "a"})
    assert short.status_code == 422 and "SCREW" in short.content.decode()
    told = call.client.post(new, {**filled, "lines-0-due_on": "2099-01-01", "key": "b"}, follow=True)
    with entered(company):
        order = SalesOrder.objects.of(company).get()
        row = SalesLine.objects.of(company).get()
    assert order.number in told.content.decode()
    do = f"/office/sales_orders/{order.pk}/do"
    call.client.post(f"{do}/confirm", {"key": "c"})
    form = call.client.get(f"{do}/ship").content.decode()
    assert f'name="lines-0-line" value="{row.pk}"' in form
    sent = {"key": "d", "lines-count": "1", "lines-0-line": str(row.pk), "lines-0-qty": "40"}
    call.client.post(f"{do}/ship", sent)
    assert state_of(company, order) == "shipped"
    again = call.client.post(f"{do}/ship", {**sent, "key": "e"})
    assert again.status_code == 422
    call.client.post(f"{do}/close", {"key": "f"})
    assert state_of(company, order) == "closed"


def state_of(company, order):
    from huoku.server.platform.scope import entered

    with entered(company):
        order.refresh_from_db()
    return order.state


def test_of_several_lines_those_that_came_are_received_and_the_rest_stays_open(company, world):
    """Two lines are ordered; the form offers what is left of each. One is left empty: it did not come. The company
    has its receipts inspected, and a box that nobody touched does not say otherwise."""
    call = caller_of(company, "owner")
    agreed = {"price": "1", "wanted_on": "2099-01-01"}
    lines = [{"item": code, "qty": qty, **agreed} for code, qty in (("NUT", "30"), ("FRAME", "20"))]
    order = call.added("/purchase_orders", supplier="ACME", location="EAST", lines=lines)["id"]
    for step in ("approve", "send"):
        assert call.post(f"/purchase_orders/{order}/{step}", {}, tag="*").status_code == 200
    do = f"/office/purchase_orders/{order}/do/receive"

    def offered():
        return re.findall(r'name="lines-\d-qty" value="([^"]*)"', call.client.get(do).content.decode())

    ids = [row["id"] for row in call.rows(f"/purchase_lines?filter[order_id][eq]={order}&sort=seq")]
    assert offered() == ["30", "20"]
    sent = {"key": "came", "lines-count": "2", "lines-0-line": ids[0], "lines-0-qty": "12", "lines-0-inspect": ""}
    done = call.client.post(do, {**sent, "lines-1-line": ids[1], "lines-1-qty": "", "lines-1-inspect": ""})
    assert done.status_code == 302, done.content.decode()
    assert offered() == ["18", "20"]
    (receipt,) = call.rows(f"/purchase_receipts?filter[line_id][eq]={ids[0]}")
    assert (receipt["qty"], receipt["waiting"]) == ("12", "12")


def test_lines_in_which_nobody_has_written_are_none_whatever_stands_in_them_by_itself(company, world):
    """The form of a bill has five lines, each with a scrap of 0."""
    call = caller_of(company, "engineer")
    for code in ("FRAME-9", "BOLT-9"):
        world.owner.post("/items", {"code": code, "kind": "make" if code == "FRAME-9" else "buy"})
    form = call.client.get("/office/boms/new").content.decode()
    blank = dict(re.findall(r'name="(lines-[^"]+)"[^>]*value="([^"]*)"', form))
    assert blank["lines-4-scrap_rate"] == "0"
    sent = {name: value for name, value in blank.items() if not name.endswith("is_phantom")}
    sent |= {"key": "a", "parent": "FRAME-9", "revision": "A", "lines-0-component": "BOLT-9", "lines-0-qty": "4"}
    done = call.client.post("/office/boms/new", sent)
    assert done.status_code == 302, done.content.decode()
    assert [row["qty"] for row in world.owner.rows("/bom_lines?filter[parent][eq]=FRAME-9")] == ["4"]


def test_a_place_is_filled_in_by_its_code_and_one_that_is_none_is_named(company, world):
    call = caller_of(company, "storekeeper")
    (here,) = (row for row in world.owner.rows("/balances?limit=1000") if row["id"] == world.ids["balances"])
    do = f"/office/balances/{here['id']}/do/put_away"
    assert 'type="text" name="to_location"' in call.client.get(do).content.decode()
    wrong = call.client.post(do, {"key": "a", "to_location": "NOWHERE", "qty": ""})
    assert wrong.status_code == 422 and "NOWHERE" in wrong.content.decode()
    done = call.client.post(do, {"key": "b", "to_location": "WEST", "qty": ""})
    assert done.status_code == 302, done.content.decode()
    moved = world.owner.rows(f"/movements?filter[item][eq]={here['item']}&sort=-seq&limit=1")[0]
    assert (moved["from_location"], moved["to_location"]) == (here["location"], "WEST")
