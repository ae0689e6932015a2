"""Explanations in a terminal: aligned, in both languages, without gaps."""

import json
from datetime import date

import pytest

from huoku.cli.answer import plain
from huoku.factory import build
from huoku.language import LANGUAGES, Language
from huoku.plan import Plan, plan
from huoku.report import explain, explain_text
from huoku.report.terminal import columns, pad, width

Plans = dict[Language, Plan]
SUBJECTS = ("SO-1042", "SO-1047", "SO-1049", "PO-2087", "PO-2091", "HS-K15-BK", "SH-304", "SA-BODY-K15-WH")


def test_a_chinese_character_takes_two_columns() -> None:
    assert width("电水壶 KT-150") == 6 + 1 + 6
    assert pad("壶身", 6) == "壶身  "
    assert pad("12", 5, right=True) == "   12"


def test_columns_stay_aligned_under_chinese_and_english_names() -> None:
    lines = columns([("壶身", "7", "x"), ("BODY", "1,500", "x"), ("cord 电源线", "12", "x")], right={1})
    assert len({width(line) for line in lines}) == 1
    assert lines[0] == "壶身             7  x"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_days_of_a_tree_stand_below_each_other(plans: Plans, lang: Language) -> None:
    text = explain(plans[lang], "SO-1049").text()
    used = [line for line in text.splitlines() if line.startswith(("├", "│", "└")) and "2026-12-07" in line]
    assert len(used) > 20
    assert len({width(line.rpartition("2026-12-07")[0]) for line in used}) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_sentence_has_an_empty_place(plans: Plans, lang: Language, subject: str) -> None:
    text = explain(plans[lang], subject).text()
    assert "{" not in text and "None" not in text
    assert not any(line != line.rstrip() for line in text.splitlines())


def test_labels_may_be_in_the_other_language(plans: Plans) -> None:
    told = plans["zh"].explain("SO-1049")
    assert "What feeds it" in explain_text(told, "en")
    assert "由什么供应" in explain_text(told, "zh")


def test_the_tree_names_what_holds_an_order_up(plans: Plans) -> None:
    marked = [line for line in explain(plans["zh"], "SO-1049").text().splitlines() if "◀ 卡住交期" in line]
    assert len(marked) == 1
    assert "采购" in marked[0] and "31 pcs" in marked[0]


def test_a_long_list_is_cut_with_a_count(plans: Plans) -> None:
    told = plans["zh"].explain("SC-M3X8")
    assert len(told.uses) > 15
    assert f"还有 {len(told.uses) - 15:,} 行" in explain_text(told, "zh")


@pytest.mark.parametrize("subject", SUBJECTS)
def test_programs_get_the_same_as_json(plans: Plans, subject: str) -> None:
    data = json.loads(json.dumps(explain(plans["en"], subject).data(), default=plain))
    assert data["subject"] == subject
    assert all(set(fact["label"]) == {"zh", "en"} for fact in data["facts"])


def test_a_notebook_shows_the_text_and_a_chart(plans: Plans) -> None:
    told = explain(plans["zh"], "HS-K15-BK")
    assert "曜石黑" in told._repr_html_()
    assert "HS-K15-BK" in told.plot().title
    assert str(told) == told.text()


def test_a_purchase_is_drawn_by_its_cost_and_a_make_order_by_its_stock(plans: Plans) -> None:
    orders = plans["en"].orders
    bought, made = (orders.filter(kind=kind)["order"][0] for kind in ("buy", "make"))
    assert "really costs" in explain(plans["en"], bought).plot().title
    assert "day by day" in explain(plans["en"], made).plot().title


def test_a_plan_in_a_notebook_shows_its_figures(plans: Plans) -> None:
    shown = plans["zh"]._repr_html_()
    assert "<td>迟交</td><td align='right'>2</td>" in shown
    assert f"{plans['zh'].figures['total_cost']:,.2f}" in shown


@pytest.mark.parametrize(
    ("lang", "late", "full", "hours"),
    [("zh", "因此迟交", "排满的日子", "8.0 小时"), ("en", "What it makes late", "Full days", "8.0 h")],
)
def test_a_resource_tells_whom_it_makes_late_and_when_it_is_full(
    lang: Language, late: str, full: str, hours: str
) -> None:
    """A kiln of eight hours a day fires 30 cups, ten a day, that are all wanted tomorrow."""
    pottery = build(
        today=date(2026, 1, 5),
        items=[{"item": "CUP", "kind": "make", "price": 10}, {"item": "CLAY"}],
        bom=[{"parent": "CUP", "component": "CLAY", "qty": 1}],
        stock=[{"item": "CLAY", "qty": 30}],
        operations=[{"parent": "CUP", "seq": 10, "resource": "KILN", "run_minutes": 48}],
        resources=[{"resource": "KILN", "minutes_per_day": 480}],
        demands=[{"demand": "SO-1", "item": "CUP", "qty": 30, "due": date(2026, 1, 6)}],
    )
    told = explain(plan(pottery, lang=lang), "KILN")
    text = told.text()
    assert late in text and full in text
    (line,) = [line for line in text.splitlines() if "SO-1 " in line and "2026-01-07" in line]
    assert line.split()[-2:] == ["1", "¥3.00"]
    assert any(line.split()[:2] == ["2026-01-05", "2026-01-07"] and line.endswith("3") for line in text.splitlines())
    assert hours in text
    assert "{" not in text and "None" not in text
    assert "KILN" in told.plot().svg
