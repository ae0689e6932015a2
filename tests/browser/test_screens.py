"""Every screen is sound: nothing that axe-core calls serious, no page wider than its window, nothing too small to
touch.

Where pictures are wanted (``python3 run.py pictures``, see ``pictures.py``) it is every screen that there is, in
Chinese and in English, and what is seen is kept as FOLDER/SCREEN/desk-zh-light.webp and so on. Else one of each kind.
"""

import io
import json
from pathlib import Path

import pytest
from tests.browser import screens, sound
from tests.browser.conftest import ONLY, PICTURES

pytestmark = pytest.mark.slow
OF_EACH_KIND = (
    *(
        "today",
        "desk-buying",
        "desk-pegging",
        "desk-places",
        "shop-board",
        "shop-kitting",
        "shop-picking",
        "shop-work",
        "shop-schedule",
    ),
    *("items", "sales_orders", "sales_orders-row", "sales_orders-new", "items-row", "items-new", "plan_runs-row"),
    *("purchase", "pegging-of", "item", "deliverable", "kit", "walk", "operation", "account", "password", "people"),
    *("bill", "revising", "replacing", "quotation-of", "desk-what-if", "case", "excess-card", "ship", "leave-demo"),
    *(
        "desk-calendar",
        "calendar-of",
        "resource",
        "supplier",
        "customer",
        "shop-counting",
        "tokens",
        "not-there",
        "stand-up",
        "shortage",
    ),
)
PAPER = ("print-", "labels", "cards", "excess-card")
"""What is to be printed is not touched, and as wide as paper."""
DESK, TELEPHONE = (1440, 900), (390, 844)


LANGUAGES = ("zh-hans", "en") if PICTURES else ("zh-hans",)
SIZES = ((DESK,), (TELEPHONE,)) if PICTURES else ((DESK, TELEPHONE),)
WORDS = """() => ({
  title: document.title.split(" · ").slice(0, -1).join(" · "),
  asks: document.querySelector(".head .answer p:not(.count)")?.innerText.trim() ?? "",
})"""


@pytest.mark.skipif(not PICTURES, reason="the company is founded with the first test that wants it")
def test_the_company_is_there(works):
    assert works.passwords


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sizes", SIZES)
def test_every_screen_can_be_read_touched_and_walked_through(enter, works, language, sizes):
    boss = enter("boss", language)
    boss.page.evaluate("localStorage.setItem('tour:DEMO', JSON.stringify({step: 0, open: false}))")
    seen = [each for each in screens.found(boss.page, works.address) if is_wanted(each)]
    assert PICTURES or len(seen) > 20
    faults = {screen.name: faults_of(boss, screen, sizes) for screen in seen}
    for login in screens.OF_OTHERS:
        others = [each for each in screens.of_others(login) if not ONLY or each.name in ONLY]
        if others:
            who = enter(login, language)
            faults |= {screen.name: faults_of(who, screen, sizes) for screen in others}
    leave(boss)
    outside = [each for each in screens.of_others("") if not ONLY or each.name in ONLY]
    faults |= {screen.name: faults_of(boss, screen, sizes) for screen in outside}
    assert {name: told for name, told in faults.items() if told} == {}


def is_wanted(screen):
    if PICTURES:
        return not ONLY or screen.name in ONLY
    return screen.name in OF_EACH_KIND


def leave(who):
    """Sign out, and keep the language and the look."""
    context = who.page.context
    kept = [each for each in context.cookies() if each["name"] in ("django_language", "look")]
    context.clear_cookies()
    context.add_cookies(kept)


def faults_of(who, screen, sizes):
    told = []
    for size in sizes:
        who.page.set_viewport_size({"width": size[0], "height": size[1]})
        who.page.goto(f"{who.desk}{screen.address}")
        if size == DESK and who.page.locator("[data-grid]").count():
            who.page.locator("[data-grid] .tabulator-row, [data-empty]:not([hidden])").first.wait_for()
        told += [f"{size[0]} {fault}" for fault in faults_here(who, screen, size)]
    return told


def faults_here(who, screen, size):
    """Of the page that is open, first light, then dark; its pictures are taken between. Roles and colours are the same
    in each language."""
    told, is_paper = [], screen.name.startswith(PAPER)
    if not is_paper:
        told += sound.too_wide(who.page)
    if size == TELEPHONE and not is_paper:
        told += [*sound.small_targets(who.page), *sound.crushed_cards(who.page)]
    for theme in ("light", "dark"):
        who.page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
        keep_picture(who, screen, size, theme)
        if who.language.startswith("zh") and (size == DESK or theme == "light"):
            told += [f"{theme} {fault}" for fault in sound.grave_findings(who.page)]
    return told


def keep_picture(who, screen, size, theme):
    """Where pictures are wanted: this one, and what the screen is called and asks."""
    if not PICTURES:
        return
    from PIL import Image

    who.page.wait_for_load_state("networkidle", timeout=180_000)
    language = who.language[:2]
    folder = Path(PICTURES) / screen.name
    folder.mkdir(parents=True, exist_ok=True)
    drawn = Image.open(io.BytesIO(who.page.screenshot()))
    drawn.save(folder / f"{'desk' if size == DESK else 'phone'}-{language}-{theme}.webp", lossless=True)
    told = json.dumps(who.page.evaluate(WORDS), ensure_ascii=False)
    (folder / f"words-{language}.json").write_text(told, "utf-8")
