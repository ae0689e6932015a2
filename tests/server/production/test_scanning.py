"""What a scanner sends in front of a shelf, and what it is to whoever stands there."""

import pytest

from huoku.server.production.scanning import Scanned, means, read_scan


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("A-03-12", Scanned(code="A-03-12")),
        (" PC-440\r", Scanned(code="PC-440")),
        ("HK1|PC-440|L1103|120|88-1", Scanned(item="PC-440", lot="L1103", box="88-1")),
        ("HK1|PC-440", Scanned(item="PC-440")),
        ("]C10106901234567892240PC-440\x1d10L1103", Scanned(item="PC-440", lot="L1103")),
        ("]d2240PC-440\x1d17271231" + "21SN7\x1d3012", Scanned(item="PC-440", lot="SN7")),
        ("]C1A-03-12", Scanned(code="A-03-12")),
    ],
)
def test_labels_of_ours_by_gs1_and_bare_codes_are_understood(sent, meant):
    assert read_scan(sent) == meant


def test_a_bar_in_a_code_is_read_as_it_was_printed():
    assert read_scan("HK1|A%7CB%257C|L1|20|77-2") == Scanned(item="A|B%7C", lot="L1", box="77-2")


def test_a_code_whose_separators_were_lost_is_not_guessed_at():
    assert read_scan("10LOT210721SN0042") == Scanned(code="10LOT210721SN0042")


@pytest.mark.parametrize(
    ("sent", "meaning"),
    [
        ("A-03", "place"),
        ("PC-440", "item"),
        ("L1", "lot"),
        ("HK1|PC-440|L1", "lot"),
        ("HK1|PC-440", "item"),
        ("HK1|PC-440|L9", "other"),
        ("HK1|PC-441|L1", "other"),
        ("HK1||", "other"),
        ("B-01", "other"),
    ],
)
def test_a_scan_is_the_place_the_item_its_lot_or_something_else(sent, meaning):
    assert means(read_scan(sent), place="A-03", item="PC-440", lots=("L1",)) == meaning
