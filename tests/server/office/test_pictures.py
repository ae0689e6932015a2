"""The guide shows every screen that there is, and none that there is no more; told without opening a browser."""

import json
from pathlib import Path

from tests.browser import screens
from tests.browser.gallery import page_of

from huoku.server.office.menu import GROUPS, LINKS
from huoku.server.platform.tables.table import TABLES

SCREENS = Path(__file__).resolve().parents[3] / "docs" / "guide" / "screens"
WITHOUT_A_ROW = {
    *("approvals", "customer_statements", "supplier_statements", "supplier_days", "transfers", "debts", "low_stock"),
    *("lanes", "substitutes", "item_units", "sites", "examinations", "valuations", "period_locks", "supplier_offers"),
    "jobs",
}
"""Lists that are empty in the demo company; a row of each other one is shown."""
MOST_BYTES = 6_500_000


def told_of():
    """The names of all screens, as the menu and the browser's list of them tell."""
    listed = [name for _, tables in GROUPS.values() for name in tables]
    led_to = [screens.called(link.address) for links in LINKS.values() for link in links]
    rows = [f"{name}-row" for name in listed if name not in WITHOUT_A_ROW]
    forms = [f"{name}-new" for name in listed if TABLES[name].add is not None]
    others = [name for of in screens.OF_OTHERS.values() for name in of]
    own = [*screens.OF_A_ROW, *screens.OF_A_LINK, *screens.OWN, *screens.OUTSIDE]
    return {"today", *listed, *led_to, *rows, *forms, *others, *own}


def test_every_screen_has_its_sheet_and_no_sheet_is_of_a_screen_that_is_gone():
    sheets = {path.stem for path in SCREENS.glob("*.webp")}
    assert (told_of() - sheets, sheets - told_of()) == (set(), set())


def test_the_page_of_the_screens_shows_each_of_them_once_under_what_it_calls_itself():
    told = json.loads((SCREENS / "words.json").read_text("utf-8"))
    assert set(told) == {path.stem for path in SCREENS.glob("*.webp")}
    page = (SCREENS / "README.md").read_text("utf-8")
    assert page == page_of(told)
    assert [name for name in told if page.count(f"]({name}.webp)") != 1] == []


def test_all_sheets_together_stay_small():
    assert sum(path.stat().st_size for path in SCREENS.glob("*.webp")) < MOST_BYTES
