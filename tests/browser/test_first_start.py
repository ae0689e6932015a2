"""The first start: the demo company's tour leads its owner from signing in to an approved purchase order."""

import time

import pytest

pytestmark = pytest.mark.slow

MOST_CLICKS, MOST_SECONDS = 12, 300
"""What a newcomer is promised; the script needs a tenth of that time."""


def test_the_tour_leads_from_signing_in_to_an_approved_purchase_order(enter):
    began = time.monotonic()
    boss = enter("boss")
    page, clicks = boss.page, ["sign in"]

    def click(what):
        page.locator(what).first.click()
        clicks.append(what)

    def is_at(place):
        page.wait_for_selector(f".tour [data-place]:text-is('{place}')")

    is_at("1 / 5")
    click(".tour [data-next]")
    page.wait_for_url("**/desk/buying")
    is_at("2 / 5")
    click("#chosen .tick input[name=id]")
    click("text=批准所选")
    is_at("4 / 5")
    click(".tour [data-here]")
    page.wait_for_url("**/office/purchase_orders/**")
    click(".tabulator-row .look")
    click("aside.drawer h2 a")
    is_at("5 / 5")
    click("main .act .btn-primary")
    click("main form .btn-primary")
    page.wait_for_selector(".tour-end:not([hidden])")
    assert "已批准" in boss.reads("main .head")
    assert len(clicks) <= MOST_CLICKS, clicks
    assert time.monotonic() - began < MOST_SECONDS
