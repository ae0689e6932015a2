"""How much a page weighs on the wire: on a slow line in a workshop this is how long one waits for it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

pytestmark = pytest.mark.slow

KB = 1_000
PAGE, GRID, CHART, AGAIN = 200 * KB, 280 * KB, 650 * KB, 40 * KB
"""The most that a first look may weigh, by what the page shows; and every look after it."""
PAGES = {
    "/": PAGE,
    "/desk/quotation": PAGE,
    "/desk/what-if": PAGE,
    "/desk/pegging": PAGE,
    "/office/items/new": PAGE,
    "/account/": PAGE,
    "/shop/kitting": PAGE,
    "/shop/work": PAGE,
    "/office/items/": GRID,
    "/office/movements/": GRID,
    "/office/proposals/": GRID,
    "/desk/buying?view=all": CHART,
    "/desk/item/1": CHART,
    "/desk/bill/1": CHART,
    "/desk/case": CHART,
    "/shop/board": CHART,
    "/shop/schedule": CHART,
}


@contextmanager
def weighed(page) -> Iterator[dict[str, int]]:
    """The bytes that came over the line while the block lasts, heads and all, as the browser counted them."""
    asked, told = page.context.new_cdp_session(page), {}
    names = {}
    asked.send("Network.enable")
    asked.on("Network.requestWillBeSent", lambda event: names.update({event["requestId"]: event["request"]["url"]}))
    asked.on(
        "Network.loadingFinished",
        lambda event: told.update(
            {
                names.get(event["requestId"], event["requestId"]): told.get(names.get(event["requestId"], ""), 0)
                + int(event["encodedDataLength"])
            }
        ),
    )
    yield told
    asked.detach()


def test_every_kind_of_page_is_light_and_the_next_look_lighter(enter, works):
    """A first look has nothing kept; the second has what the first one left."""
    found = {}
    signed_in = enter("boss").page.context
    cookies = signed_in.cookies()
    browser = signed_in.browser
    for address, most in PAGES.items():
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_cookies(cookies)
        page = context.new_page()
        looks = []
        for _ in ("first", "second"):
            with weighed(page) as told:
                answer = page.goto(f"{works.address}{address}", wait_until="networkidle")
                assert answer.status == 200, address
            looks.append(sum(told.values()))
        context.close()
        found[address] = (*looks, most)
    print(
        "\n".join(
            f"| {address} | {first / KB:.0f} | {most / KB:.0f} | {again / KB:.0f} |"
            for address, (first, again, most) in found.items()
        )
    )
    heavy = {address: each for address, each in found.items() if each[0] > each[2] or each[1] > AGAIN}
    assert heavy == {}
    assert all(first > KB and again > 0 for first, again, _ in found.values())
