"""What has to hold of every page, as a browser measures it."""

from typing import Any

import pytest

AXE: str = pytest.importorskip(
    "axe_playwright_python.base", reason="axe-core: pip install axe-playwright-python"
).AXE_SCRIPT
GRAVE = ("serious", "critical")
SMALL = """() => {
  const touched = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]";
  const size = (each) => {
    const box = each.getBoundingClientRect();
    return [box.width, box.height, box.right, box.bottom];
  };
  const isInSentence = (each) => each.matches("p a, dd a, li > a") && getComputedStyle(each).display === "inline";
  const told = [];
  for (const each of document.querySelectorAll(touched)) {
    if (each.disabled || !each.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const all = [each, ...(each.labels ?? [])].map(size);
    const places = all.filter(([w, h, right, bottom]) => w && right > 0 && bottom > 0);
    if (!places.length || isInSentence(each)) continue;
    if (places.some(([w, h]) => Math.round(w) >= 44 && Math.round(h) >= 44)) continue;
    const [w, h] = places[0].map(Math.round);
    const words = (each.innerText || each.name || "").trim().slice(0, 30);
    told.push(`${each.tagName.toLowerCase()}.${each.className} ${w}x${h} ${words}`);
  }
  return [...new Set(told)];
}"""
WIDE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const over = [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > room + 1);
  const names = over.slice(0, 3).map((each) => `${each.tagName}.${each.className}`);
  return [`${document.documentElement.scrollWidth} px`, ...names];
}"""

CRUSHED = """() => {
  const room = document.documentElement.clientWidth;
  const all = [...document.querySelectorAll("main .lines.cards > tbody > tr")];
  const cards = all.filter((each) => each.checkVisibility());
  const width = (card) => Math.round(card.getBoundingClientRect().width);
  return cards.filter((card) => width(card) < room * 0.7).slice(0, 3).map((card) => `${width(card)} of ${room} px`);
}"""


def grave_findings(page: Any) -> list[str]:
    """What axe-core calls serious or critical, each with the places."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    violations = page.evaluate("axe.run({resultTypes: ['violations']}).then(all => all.violations)")
    return [
        f"{each['id']}: {node['target']} {node['html'][:90]}"
        for each in violations
        if each["impact"] in GRAVE
        for node in each["nodes"][:4]
    ]


def small_targets(page: Any) -> list[str]:
    """What is to be touched and is smaller than 44 px, links within sentences aside."""
    told: list[str] = page.evaluate(SMALL)
    return told


def too_wide(page: Any) -> list[str]:
    """What makes the page wider than the window."""
    told: list[str] = page.evaluate(WIDE)
    return told


def crushed_cards(page: Any) -> list[str]:
    """Cards of a telephone that do not fill its width: their words would lie on one another."""
    told: list[str] = page.evaluate(CRUSHED)
    return told
