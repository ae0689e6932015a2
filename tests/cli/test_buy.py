"""``huoku buy``: the ways to get what is needed of an item."""

import json
from pathlib import Path

import pytest

from huoku.cli import main
from huoku.factory import build
from huoku.factory.write import write

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """150 lamps are ordered; the mill sells 500 sockets at least at 1.00, a trader any number at 1.50."""
    factory = build(
        today="2026-01-05",
        items=[{"item": "LAMP", "lead_time_days": 2, "price": 10}, {"item": "SOCKET"}],
        bom=[{"parent": "LAMP", "component": "SOCKET", "qty": 1}],
        sources=[
            {"item": "SOCKET", "supplier": "MILL", "moq": 500, "lead_time_days": 5, "price": "1.00"},
            {"item": "SOCKET", "supplier": "TRADER", "lead_time_days": 3, "price": "1.50"},
        ],
        demands=[{"demand": "SO-1", "item": "LAMP", "qty": 150, "due": "2026-02-04"}],
    )
    write(factory, tmp_path / "shop")
    return tmp_path / "shop"


def test_the_planned_purchase_is_weighed_and_the_sentence_for_the_talk_is_said(shop: Path, capsys: Capture) -> None:
    """Against 225: 500 - 35 and 70 for holding; a used unit saves 1.00 and half its holding: 310 of 350 are needed."""
    assert main(["buy", str(shop), "SOCKET", "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("Options for 150 pcs of SOCKET, wanted on 2026-02-02 (planned order PB-000002)\n")
    assert "500 to buy, 350 too many (70%), ¥350 tied up; expected loss ¥315, 63% of the purchase: high risk" in told
    assert "Best: another supplier (TRADER), expected cost ¥225." in told
    assert "500 pcs at ¥1.00 pays only if 88% of the rest is used; the odds are 0%" in told


def test_the_page_says_it_in_chinese_and_fetches_nothing(shop: Path, tmp_path: Path, capsys: Capture) -> None:
    page = tmp_path / "ways.html"
    assert main(["buy", str(shop), "SOCKET", "-o", str(page), "--lang", "zh"]) == 0
    text = page.read_text("utf-8")
    assert "建议：换供应商（TRADER），预期成本 ¥225。" in text
    assert "default-src &#x27;none&#x27;" in text and "<script" not in text
    assert "报告已写到" in capsys.readouterr().out


def test_a_quantity_and_further_options_can_be_named(shop: Path, tmp_path: Path, capsys: Capture) -> None:
    """A contract over 500 in calls of 50 at 1.00: 100 are called, 400 cancelled at 0.02."""
    more = tmp_path / "more.toml"
    more.write_text("[[contracts]]\nqty = 500\nprice = 1.0\ncall = 50\ncancel_fee = 0.02\nsupplier = 'MILL'\n")
    command = ["buy", str(shop), "SOCKET", "100", "2026-03-02", "--options", str(more), "--json", "--lang", "en"]
    assert main(command) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["qty"], told["wanted"], told["order"]) == (100.0, "2026-03-02", None)
    assert (told["best"]["kind"], told["best"]["cost"]) == ("split_delivery", pytest.approx(108.0))
    assert [line["kind"] for line in told["lines"]][:2] == ["split_delivery", "other_supplier"]


def test_a_limit_that_nothing_keeps_ends_with_1(shop: Path, capsys: Capture) -> None:
    assert main(["buy", str(shop), "SOCKET", "--risk-limit", "-1", "--lang", "en"]) == 1
    assert "No option keeps the owner's limits" in capsys.readouterr().out


def test_what_came_of_the_last_purchase_is_told_before_the_next(shop: Path, tmp_path: Path, capsys: Capture) -> None:
    """Of 500 for 150 the rest lay 426 days and brought 70.00 of 350.00."""
    (shop / "disposals.csv").write_text(
        "item,date,qty,outlet,proceeds,value,bought,needed,received_on,lesson\n"
        "SOCKET,2025-12-06,350,DEALER,70,350,500,150,2024-10-06,ask the trader first\n",
        "utf-8",
    )
    page = tmp_path / "ways.html"
    assert main(["buy", str(shop), "SOCKET", "--lang", "en"]) == 0
    sentence = (
        "Last time with this item (closed 2025-12-06): 500 were bought for a need of 150; 350 pcs lay 14 months "
        "and brought ¥70, 20% of their value of ¥350 (DEALER). Lesson: ask the trader first"
    )
    assert sentence in capsys.readouterr().out.splitlines()
    assert main(["buy", str(shop), "SOCKET", "--lang", "zh", "-o", str(page)]) == 0
    words = "要用 150，买了 500，剩下 350 pcs 放了 14 个月，最后只收回 ¥70，是账面 ¥350 的 20%（DEALER）"
    assert words in page.read_text("utf-8")
    capsys.readouterr()
    assert main(["buy", str(shop), "SOCKET", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["lessons"][0]["alike"] == "item"


def test_the_reason_of_a_minimum_says_what_to_offer_instead(shop: Path, capsys: Capture) -> None:
    """The best way costs 225.00; 150 at the mill's 1.00 leave 75.00 that may be paid for its set-up."""
    assert main(["buy", str(shop), "SOCKET", "--lang", "en"]) == 0
    assert "Ask first what their minimum is for: set-up, freight, paperwork or material" in capsys.readouterr().out
    (shop / "sources.csv").write_text(
        "item,supplier,moq,lead_time_days,price,moq_reason\nSOCKET,MILL,500,5,1.00,换产\nSOCKET,TRADER,0,3,1.50,\n"
    )
    assert main(["buy", str(shop), "SOCKET", "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert (
        "To offer in the talk: Their minimum pays for a set-up: 150 pcs alone at the same price, with up to ¥75" in told
    )
    assert main(["buy", str(shop), "SOCKET", "--lang", "zh"]) == 0
    assert "谈判时可以提：起订量是为了换产：价钱不变只做 150 pcs，换产费另付，¥75 以内都划算" in capsys.readouterr().out


def test_a_request_for_a_written_offer_names_the_need_and_none_of_our_limits(
    shop: Path, tmp_path: Path, capsys: Capture
) -> None:
    letter = tmp_path / "letter.html"
    assert main(["buy", str(shop), "SOCKET", "--lang", "en", "--request", str(letter)]) == 0
    assert f"The request is written to {letter}" in capsys.readouterr().out
    text = letter.read_text("utf-8")
    assert "To MILL, 2026-01-05" in text
    assert "We need 150 pcs of SOCKET on 2026-02-02. Your terms today: 500 pcs at least, at ¥1.00 each." in text
    assert "a contract over 500 pcs: 150 now, the rest called within a year as needed" in text
    assert "☐ set-up" in text and "valid until" in text
    assert "TRADER" not in text and "1.50" not in text and "225" not in text
    assert main(["buy", str(shop), "SOCKET", "--lang", "zh", "--request", str(letter)]) == 0
    assert "我们要 SOCKET 150 pcs，2026-02-02 到货。贵司现在的条件是起订 500 pcs、单价 ¥1.00。" in letter.read_text(
        "utf-8"
    )


def test_there_is_nobody_to_ask_for_what_nobody_sells(shop: Path, tmp_path: Path, capsys: Capture) -> None:
    assert main(["buy", str(shop), "LAMP", "5", "--lang", "en", "--request", str(tmp_path / "letter.html")]) == 2
    assert "no supplier sells LAMP: there is nobody to ask" in capsys.readouterr().err


def test_a_written_offer_is_named_as_long_as_it_is_valid(shop: Path, tmp_path: Path, capsys: Capture) -> None:
    more = tmp_path / "more.toml"
    offer = "[[small_lots]]\nprice = 1.2\nsupplier = 'MILL'\noffer = 'Q-118'\nvalid_until = "
    more.write_text(offer + "2026-03-31\n")
    assert main(["buy", str(shop), "SOCKET", "--options", str(more), "--lang", "en"]) == 0
    assert "Best: a small lot at a premium (MILL, offer Q-118), expected cost ¥180." in capsys.readouterr().out
    more.write_text(offer + "2026-01-04\n")
    assert main(["buy", str(shop), "SOCKET", "--options", str(more), "--lang", "zh"]) == 2
    assert "small_lots 第 1 条：报价 Q-118 只到 2026-01-04 有效" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("asked", "more", "words"),
    [
        (["SOCKETS"], "", "there is no item SOCKETS; near names: SOCKET"),
        (["LAMP"], "", "the plan buys no LAMP; say how much is wanted"),
        (["SOCKET", "some"], "", "the quantity some is no number above 0"),
        (["SOCKET"], "[[offers]]\nprice = 1\n", "there are no options offers; known: small_lots, contracts"),
        (["SOCKET"], "[[small_lots]]\ncost = 1\n", "small_lots have no cost; known: price, fee"),
        (["SOCKET"], "[[small_lots]]\nfee = 1\n", "small_lots, number 1: price is missing"),
        (["SOCKET"], "[[small_lots]]\nprice = 1\nvalid_until = 'soon'\n", "valid_until of small_lots is no day: soon"),
        (
            ["SOCKET"],
            "[[small_lots]]\nprice = 'dear'\n",
            "price of small_lots will not do: dear; write a number of at least 0",
        ),
        (["SOCKET"], "[[stand_ins]]\nname = 'OLD'\navailable = 5\nratio = 0\n", "ratio of stand_ins will not do: 0"),
        (["SOCKET"], "[[charges]]\nchance = 2\n", "chance of charges will not do: 2; write a number from 0 to 1"),
        (["SOCKET"], "small_lots = 5\n", "small_lots are written as rows, each under a line [[small_lots]]"),
        (["SOCKET"], "[[small_lots\n", "cannot be read"),
    ],
)
def test_what_makes_no_sense_ends_with_2(
    shop: Path, tmp_path: Path, capsys: Capture, asked: list[str], more: str, words: str
) -> None:
    file = tmp_path / "more.toml"
    file.write_text(more)
    assert main(["buy", str(shop), *asked, "--options", str(file), "--lang", "en"]) == 2
    assert words in capsys.readouterr().err


def test_the_pack_for_the_talk_tells_what_could_be_accepted_and_what_volume_comes(shop: Path, capsys: Capture) -> None:
    """As good as the trader's 225: 150 at 1.50; 500 where 350 cost 64.63 to hold and give back 35."""
    assert main(["buy", str(shop), "SOCKET", "--json"]) == 0
    pack = json.loads(capsys.readouterr().out)["pack"]
    assert pack["opportunity"] == pytest.approx(500 - 35 + 350 * 0.20 * 337 / 365 - 225)
    assert [(one["qty"], round(one["at_once"], 4)) for one in pack["points"]][::4] == [(150, 1.5), (500, 0.3907)]
    assert (pack["expected"][-1], pack["reached"][0]["qty"], pack["reached"][0]["month"]) == (150, 500, None)
    assert main(["buy", str(shop), "SOCKET", "--lang", "zh"]) == 0
    told = capsys.readouterr().out
    assert "按起订量买，比最好的办法多花 ¥305。" in told
    assert "今后 12 个月预计一共要 150 pcs：" in told


def test_the_supplier_is_not_told_that_its_minimum_pays(shop: Path, capsys: Capture) -> None:
    """Without the trader the other way is to decline 1,500.00: then 500 pays even if nothing of the rest is used."""
    sources = shop / "sources.csv"
    sources.write_text("".join(line for line in sources.read_text("utf-8").splitlines(True) if "TRADER" not in line))
    assert main(["buy", str(shop), "SOCKET", "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "For us alone, not for the talk: 500 pcs at ¥1.00 pays even if none of the rest is used." in told
    assert "To say in the talk" not in told
