"""Two people at the desk: what one changes the other sees where it stands, and can be told of by name."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def test_what_one_changes_the_other_sees_without_a_jump_and_can_undo(opened):
    """The list and the page of a customer are open in one browser; its name is changed, and put back, in another."""
    reader = opened("/office/customers/new", language="en")
    reader.fill("input[name=code]", "LIVE-1")
    reader.fill("input[name=name]", "Kettle")
    reader.click(".asking .btn-primary")
    there = re.sub(r"^https?://[^/]+", "", reader.url)
    asked = []
    reader.context.on("request", lambda request: asked.append(request.url) if "/desk/changes" in request.url else None)
    reader.goto(reader.url.replace(there, "/office/customers/?sort=code"))
    reader.wait_for_selector(".tabulator-row:has-text('LIVE-1')")

    writer = opened(f"{there}do/change", language="en")
    writer.fill("input[name=name]", "Big kettle")
    writer.click(".asking .btn-primary")
    reader.wait_for_selector(".tabulator-row.renewed:has-text('Big kettle')")

    page = reader.context.new_page()
    page.goto(reader.url.partition("/office/")[0] + there)
    before = len(asked)
    writer.click(".said form button")
    writer.wait_for_selector(".said:has-text('Undone')")
    page.wait_for_selector("[data-live=facts] .renewed:has-text('Kettle')")
    page.wait_for_selector("[data-live=history]:has-text('what it undid')")
    assert len(asked) - before <= 4  # one page asks for both


def test_names_are_offered_behind_an_at_and_a_dropped_file_is_put_to_the_row(opened, tmp_path):
    page = opened("/office/customers/new", language="en")
    page.fill("input[name=code]", "LIVE-2")
    page.click(".asking .btn-primary")
    page.type("#say", "please @wa")
    page.wait_for_selector("#names li:visible")
    page.keyboard.press("Enter")
    assert page.input_value("#say") == "please @wang "
    page.type("#say", "look")
    page.click("#talk form .btn >> nth=0")
    page.wait_for_selector("#talk p:has-text('please @wang look')")
    picture = Path(tmp_path / "front.png")
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    page.set_input_files("#talk input[multiple]", str(picture))
    page.wait_for_selector(".files a:has-text('front.png')")
    page.keyboard.press("w")  # no figure here: nothing happens
    assert page.locator("#pop").is_hidden()


HIDE = """is_hidden => {
    Object.defineProperty(document, "hidden", { get: () => is_hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


def test_a_page_that_nobody_looks_at_asks_nothing_and_catches_up_when_it_is_shown(opened):
    """Two pages of one browser: one is hidden, the other goes on asking, and what it heard is not lost to the first."""
    shown = opened("/office/customers/new", language="en")
    shown.fill("input[name=code]", "HID-1")
    shown.fill("input[name=name]", "Lamp")
    shown.click(".asking .btn-primary")
    there = re.sub(r"^https?://[^/]+", "", shown.url)
    desk = shown.url.replace(there, "")
    hidden = shown.context.new_page()
    hidden.goto(f"{desk}/office/customers/?sort=code")
    hidden.wait_for_selector(".tabulator-row:has-text('HID-1')")
    hidden.wait_for_function("() => JSON.parse(localStorage.getItem('huoku.changes'))?.upto")
    hidden.evaluate(HIDE, True)
    asked = []
    hidden.on("request", lambda request: asked.append(request.url) if "/desk/changes" in request.url else None)

    writer = opened(f"{there}do/change", language="en")
    for name in ("Kettle", "Big kettle"):
        writer.goto(f"{desk}{there}do/change")
        writer.fill("input[name=name]", name)
        writer.click(".asking .btn-primary")
        shown.wait_for_selector(f"[data-live=facts] .renewed:has-text('{name}')")
    assert asked == [] and hidden.locator(".tabulator-row:has-text('Lamp')").count()
    hidden.evaluate(HIDE, False)
    hidden.wait_for_selector(".tabulator-row.renewed:has-text('Big kettle')")


def test_a_page_that_hears_nothing_any_more_says_since_when(opened):
    page = opened("/office/customers/", language="en")
    page.wait_for_function("() => JSON.parse(localStorage.getItem('huoku.changes'))?.upto")
    lost = page.locator("[data-lost]")
    assert lost.is_hidden()
    page.context.set_offline(True)
    lost.wait_for(state="visible")
    assert re.fullmatch(r"O offline since \d\d:\d\d", " ".join(lost.inner_text().split()))
    page.context.set_offline(False)
    lost.wait_for(state="hidden")


DROP = """([place, name]) => {
    const dropped = new DataTransfer();
    dropped.items.add(new File([new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 0, 0])], name, { type: "image/png" }));
    const on = (kind) => new DragEvent(kind, { dataTransfer: dropped, bubbles: true, cancelable: true });
    const target = document.querySelector(place);
    target.dispatchEvent(on("dragover"));
    const is_lit = target.classList.contains("dropping");
    target.dispatchEvent(on("drop"));
    return [is_lit, target.classList.contains("dropping")];
}"""


def test_a_file_that_is_dropped_on_a_row_s_page_is_put_to_it(opened):
    page = opened("/office/customers/new", language="en")
    page.fill("input[name=code]", "DROP-1")
    page.click(".asking .btn-primary")
    page.wait_for_selector("[data-files-dropped]")
    assert page.evaluate(DROP, ["[data-files-dropped]", "label.png"]) == [True, False]
    page.wait_for_selector(".files a:has-text('label.png')")
    page.reload()
    page.wait_for_selector(".files a:has-text('label.png')")


def test_a_change_in_the_midst_of_a_load_neither_loses_its_rows_nor_leaves_its_sign_standing(opened):
    """The rows of a new order are on their way when another's change is heard: they come, none is older than that."""
    page = opened("/office/customers/new", language="en")
    page.fill("input[name=code]", "MID-1")
    page.fill("input[name=name]", "Lamp")
    page.click(".asking .btn-primary")
    there = re.sub(r"^https?://[^/]+", "", page.url)
    page.goto(page.url.replace(there, "/office/customers/?sort=code"))
    page.wait_for_selector(".tabulator-row:has-text('MID-1'):has-text('Lamp')")
    held = []
    page.route("**/customers/rows?*limit=100*", lambda route: route.continue_() if held else held.append(route))
    page.evaluate("document.querySelector('[data-grid]').focus()")
    page.keyboard.press("s")
    page.locator(".tabulator-alert").wait_for()
    page.wait_for_function("() => JSON.parse(localStorage.getItem('huoku.changes'))?.upto")

    writer = opened(f"{there}do/change", language="en")
    writer.fill("input[name=name]", "Big lamp")
    writer.click(".asking .btn-primary")
    tell = "document.dispatchEvent(new CustomEvent('huoku:changed', {detail: {events: [], is_all: false}}))"
    page.evaluate(tell)
    page.wait_for_timeout(300)  # the change is heard, and asks for nothing yet
    assert page.locator(".tabulator-row:has-text('MID-1'):has-text('Big lamp')").count() == 0
    held[0].continue_()
    page.locator(".tabulator-alert").wait_for(state="detached")
    page.wait_for_selector(".tabulator-row:has-text('MID-1'):has-text('Big lamp')")
    assert page.locator(".tabulator-row:has-text('MID-1')").count() == 1
