"""Reading figures off pages, and holding each against the rows that its reason names."""

import re
from fractions import Fraction
from html import unescape

BUTTON = re.compile(r'<button type="button" class="why" data-why="([^"]+)"[^>]*>(.*?)</button>', re.DOTALL)
ROW = re.compile(r'<tr( class="total")?><th scope="row">(.*?)</th><td>(.*?)</td></tr>', re.DOTALL)
NUMBER = re.compile(r"[−-]?[\d,]*\.?\d+")


def plain(page):
    """The page with its figures as text."""
    return BUTTON.sub(r"\2", " ".join(page.split()))


def number(text):
    found = NUMBER.search(unescape(text))
    assert found, text
    return Fraction(found[0].replace("−", "-").replace(",", ""))


def reason(reader, address):
    """The rows of a figure, each with its words and amount, and what they come to."""
    text = reader.client.get(unescape(address))
    assert text.status_code == 200, (address, text.status_code, text.content[:300])
    rows = [
        (is_total, re.sub("<[^>]*>", "", words), number(amount))
        for is_total, words, amount in ROW.findall(text.content.decode())
    ]
    told = [(words, amount) for is_total, words, amount in rows if not is_total]
    return told, next((amount for is_total, _, amount in rows if is_total), Fraction(0))


def hold(reader, address):
    """Every figure of a page is what its rows add up to (or the least of them); the names of those that were held."""
    names = set()
    for where, shown in BUTTON.findall(reader.read(address)):
        rows, total = reason(reader, where)
        amounts = [amount for _, amount in rows]
        assert total in (sum(amounts), min(amounts, default=0)), (where, rows, total)
        decimals = len(shown.partition(".")[2]) if "." in shown else 0
        assert abs(number(shown) - total) <= Fraction(1, 2 * 10**decimals), (where, shown, total)
        names.add(unescape(where).removeprefix("/desk/why/").partition("/")[0].partition("?")[0])
    return names
