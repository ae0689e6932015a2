"""Every screen is sound: nothing that axe-core calls serious, no page wider than its window, nothing too small to
touch.

With ``HUOKU_PICTURES=FOLDER`` it is every screen that there is, and a picture of each is kept: on a desk and on a
telephone, in Chinese and in English, light and dark. Without it, one of each kind.
"""

import io
from pathlib import Path

import pytest
from tests.browser import screens, sound
from tests.browser.conftest import PICTURES

pytestmark = pytest.mark.slow
OF_EACH_KIND = (
    *(
        "today",
        "desk-buying",
        "desk-pegging",
        "shop-board",
        "shop-kitting",
        "shop-picking",
        "shop-work",
        "shop-schedule",
    ),
    *("items", "sales_orders", "sales_orders-row", "sales_orders-new", "items-row", "items-new", "plan_runs-row"),
    *("purchase", "pegging-of", "item", "deliverable", "kit", "walk", "operation", "account", "password", "people"),
    *("bill", "revising", "replacing", "quotation-of", "desk-what-if", "case", "excess-card", "ship", "leave-demo"),
    *("desk-calendar", "calendar-of", "resource", "supplier", "customer", "shop-counting", "tokens", "not-there"),
)
PAPER = ("print-", "labels", "cards", "excess-card")
"""What is to be printed is not touched, and as wide as paper."""
DESK, TELEPHONE = (1440, 900), (390, 844)


def test_every_screen_can_be_read_touched_and_walked_through(enter, works):
    boss = enter("boss")
    seen = [each for each in screens.found(boss.page, works.address) if PICTURES or each.name in OF_EACH_KIND]
    assert len(seen) > 20
    faults = {screen.name: faults_of(boss, screen) for screen in seen}
    for login in screens.OF_OTHERS:
        who = enter(login)
        faults |= {screen.name: faults_of(who, screen) for screen in screens.of_others(login)}
    leave(boss)
    faults |= {screen.name: faults_of(boss, screen) for screen in screens.of_others("")}
    assert {name: told for name, told in faults.items() if told} == {}


def leave(who):
    """Sign out, and keep the language and the look."""
    context = who.page.context
    kept = [each for each in context.cookies() if each["name"] in ("django_language", "look")]
    context.clear_cookies()
    context.add_cookies(kept)


def faults_of(boss, screen):
    is_paper = screen.name.startswith(PAPER)
    told = []
    for size in (DESK, TELEPHONE):
        boss.page.set_viewport_size({"width": size[0], "height": size[1]})
        boss.page.goto(f"{boss.desk}{screen.address}")
        if size == DESK and boss.page.locator("[data-grid]").count():
            boss.page.locator("[data-grid] .tabulator-row, [data-empty]:not([hidden])").first.wait_for()
        told += [f"{size[0]} {fault}" for fault in sound.grave_findings(boss.page)]
        if not is_paper:
            told += sound.too_wide(boss.page)
        if size == TELEPHONE and not is_paper:
            told += sound.small_targets(boss.page)
        if size == DESK:
            boss.page.evaluate("document.documentElement.dataset.theme = 'dark'")
            told += [f"dark {fault}" for fault in sound.grave_findings(boss.page)]
    return told


@pytest.mark.skipif(not PICTURES, reason="no pictures wanted: HUOKU_PICTURES is not set")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, TELEPHONE], ids=["desk", "phone"])
def test_a_picture_of_every_screen(enter, works, language, theme, size):
    folder = Path(PICTURES) / f"{'desk' if size == DESK else 'phone'}-{language[:2]}-{theme}"
    folder.mkdir(parents=True, exist_ok=True)
    look = {"name": "look", "value": f"{theme}.normal.normal", "url": works.address}
    boss = enter("boss", language, *size)
    boss.page.context.add_cookies([look])
    boss.page.evaluate("localStorage.setItem('tour:DEMO', JSON.stringify({step: 0, open: false}))")
    for screen in screens.found(boss.page, works.address):
        take_picture(boss, screen, folder)
    for login in screens.OF_OTHERS:
        who = enter(login, language, *size)
        who.page.context.add_cookies([look])
        for screen in screens.of_others(login):
            take_picture(who, screen, folder)
    leave(boss)
    for screen in screens.of_others(""):
        take_picture(boss, screen, folder)


def take_picture(who, screen, folder):
    from PIL import Image

    who.page.goto(f"{who.desk}{screen.address}")
    who.page.wait_for_load_state("networkidle", timeout=180_000)
    drawn = Image.open(io.BytesIO(who.page.screenshot()))
    drawn.save(folder / f"{screen.name}.webp", quality=70, method=6)
