"""A session that ends while somebody types: what was typed is there again for whoever typed it, and for nobody else."""

import pytest
from tests.browser.people import MAIN

pytestmark = pytest.mark.slow
SEND = "form:has(input[name=password]) button[type=submit]"


def the_session_ends(person):
    person.page.context.clear_cookies(name="sessionid")


def signs_in_here(person, login, password):
    person.page.fill("input[name=login]", login)
    person.page.fill("input[name=password]", password)
    person.presses(SEND)


def test_what_was_typed_waits_for_its_writer_to_sign_in_again(enter, works):
    sales = enter("sales").goes("/office/customers/new").fills(code="HARBOUR", name="港口酒店")
    the_session_ends(sales)
    sales.presses(MAIN)
    signs_in_here(sales, "sales", works.passwords["sales"])
    assert "还没有保存" in sales.reads("form.asking")
    customer = sales.presses(MAIN).row_here()
    assert "港口酒店" in sales.reads()

    sales.page.fill("textarea", "周五前回电")
    the_session_ends(sales)
    sales.presses("form:has(textarea) button:visible")
    signs_in_here(sales, "sales", works.passwords["sales"])
    assert (sales.row_here(), sales.page.input_value("textarea")) == (customer, "周五前回电")
    sales.presses("form:has(textarea) button:visible")
    assert sales.page.input_value("textarea") == ""  # it was sent: nothing is put back


def test_who_signs_in_after_another_finds_nothing_of_his(enter, works):
    sales = enter("sales").goes("/office/customers/new").fills(code="SECRET", name="不告诉别人")
    the_session_ends(sales)
    sales.presses(MAIN)
    signs_in_here(sales, "boss", works.passwords["boss"])
    assert sales.page.input_value("main [name=code]") == ""


def test_rows_that_were_pasted_are_saved_once_their_writer_has_signed_in_on_another_page(enter, works):
    sales = enter("sales").goes("/office/customers/")
    page = sales.page
    page.wait_for_selector(".tabulator-row .tabulator-cell")
    page.evaluate("text => navigator.clipboard.writeText(text)", "编码\t名称\nPIER-1\t一号码头\nPIER-2\t二号码头")
    page.keyboard.press("Control+v")
    page.locator(".preview .bar :text('新增 2')").wait_for()
    the_session_ends(sales)
    page.keyboard.press("Control+Enter")
    page.locator(".said:has-text('登录已过期')").wait_for()
    other = page.context.new_page()
    other.goto(f"{sales.desk}/account/login/")
    other.fill("input[name=login]", "sales")
    other.fill("input[name=password]", works.passwords["sales"])
    with other.expect_navigation():
        other.click(SEND)
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+Enter")
    page.locator(".said:has-text('已保存 2 行')").wait_for()
    assert len(sales.rows("customers", **{"filter[code][in]": "PIER-1,PIER-2"})) == 2
