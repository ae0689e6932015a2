"""The report: one sound file, whose figures add up, that asks nobody for anything."""

import json
import re
import subprocess
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from huoku.examples import make_shop
from huoku.examples.shop import SETTINGS
from huoku.factory import build
from huoku.language import LANGUAGES, Language
from huoku.plan import Plan, plan
from huoku.report import summary, write_report
from huoku.report.digest import bought, by_supplier, excess, late_demands, this_week
from huoku.report.page import report_html

Plans = dict[Language, Plan]


def parsed(html: str) -> ET.Element:
    """The page as a tree: it is written so that it is sound XML after its first line."""
    return ET.fromstring(html.removeprefix("<!doctype html>\n"))


def said(element: ET.Element) -> str:
    return "".join(element.itertext())


@pytest.fixture(scope="module")
def pages(plans: Plans) -> dict[Language, str]:
    return {lang: report_html(plans[lang], lang) for lang in LANGUAGES}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_sound_and_has_every_part(pages: dict[Language, str], lang: Language) -> None:
    root = parsed(pages[lang])
    parts = {section.get("id") for section in root.iter("section")} - {None}
    assert parts == {"week", "late", "excess", "leftovers", "stock", "load", "suppliers", "exceptions"}
    assert {link.get("href") for link in root.iter("a")} == {f"#{part}" for part in parts}
    assert root.get("lang", "").startswith(lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_of_the_page_has_an_empty_place(pages: dict[Language, str], lang: Language) -> None:
    body = parsed(pages[lang]).find("body")
    assert body is not None
    assert not re.search(r"[{}]|\bNone\b|\bnan\b", said(body))


def test_the_english_page_has_chinese_only_in_names(plans: Plans, pages: dict[Language, str]) -> None:
    body = parsed(pages["en"]).find("body")
    assert body is not None
    names = {*plans["en"].factory.sources["supplier"], *plans["en"].factory.demands["customer"].drop_nulls()}
    text = said(body)
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    text = re.sub(r"[\u4e00-\u9fff]+( \S*)*?…", "", text)  # suppliers' names that a chart has cut
    assert not re.search(r"[\u4e00-\u9fff]", text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_in_the_page_leads_out_of_it(pages: dict[Language, str], lang: Language) -> None:
    html = pages[lang]
    assert not re.search(r"https?:|src=|url\(|@import|<script|<link|<iframe| style=| on\w+=", html)
    policy = [meta.get("content", "") for meta in parsed(html).iter("meta") if meta.get("http-equiv")]
    assert policy[0].startswith("default-src 'none'; style-src 'sha256-")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_key_figure_is_the_sum_of_its_rows(pages: dict[Language, str], lang: Language) -> None:
    tables = [table for table in parsed(pages[lang]).iter("table") if table.get("class") == "sum"]
    assert len(tables) == 5
    for table in tables:
        figures = [said(row[1]).replace("¥", "").replace("−", "-").replace(",", "") for row in table]
        *rows, total = (float(figure) for figure in figures)
        assert sum(rows) == pytest.approx(total, abs=0.02)


def test_the_money_of_late_demands_is_the_lateness_of_the_plan(plans: Plans) -> None:
    cost = plans["zh"].figures["cost"]
    late = late_demands(plans["zh"])
    assert late["demand"].to_list() == ["SO-1049", "SO-1047"]  # SO-1061 was overdue before the plan began
    assert late["lateness"].sum() == pytest.approx(cost["lateness"])
    assert late["lost"].sum() == cost["lost"] == 0


def test_a_demand_without_a_promise_loses_its_value() -> None:
    """100 kettles at 80, due on day 10 of 60, and no supplier of bodies."""
    made = plan(
        build(
            today=date(2026, 1, 5),
            horizon_days=60,
            items=[{"item": "KETTLE", "kind": "make", "price": 80}, {"item": "BODY", "kind": "make"}],
            bom=[{"parent": "KETTLE", "component": "BODY", "qty": 1}],
            demands=[{"demand": "SO-1", "item": "KETTLE", "qty": 100, "due": date(2026, 1, 15)}],
        ),
        lang="en",
    )
    (late,) = late_demands(made).iter_rows(named=True)
    assert (late["date"], late["days"], late["lost"]) == (None, 50, 8000)
    assert late["lateness"] == pytest.approx(8000 * 0.01 * 50)
    assert late["money"] == pytest.approx(made.figures["cost"]["lateness"] + made.figures["cost"]["lost"])
    assert "SO-1 cannot be delivered" in str(summary(made))
    assert "not at all" in said(parsed(report_html(made, "en")))


def test_350_of_500_left_over_is_grade_three_and_ties_up_its_landed_cost() -> None:
    """150 wanted, MOQ 500 at 1.00 and 50.00 freight: 350 x 1.10."""
    made = plan(
        build(
            today=date(2026, 1, 5),
            items=[{"item": "BODY"}],
            sources=[{"item": "BODY", "supplier": "A", "moq": 500, "lead_time_days": 5, "price": 1, "order_fee": 50}],
            demands=[{"demand": "SO-1", "item": "BODY", "qty": 150, "due": date(2026, 2, 5), "price": 9}],
        )
    )
    (order,) = excess(made, bought(made)).iter_rows(named=True)
    assert (order["over_share"], order["grade"], order["tied"]) == (0.7, 3, pytest.approx(350 * 1.10))
    assert by_supplier(bought(made)).select("supplier", "orders", "amount").rows() == [("A", 1, 550.0)]


def test_this_week_is_seven_days_with_today(plans: Plans) -> None:
    week = this_week(plans["zh"], plans["zh"].orders)
    assert week.height
    assert week["start"].max() <= date(2026, 11, 29)  # type: ignore[operator]


def test_a_summary_fits_on_a_screen_and_names_the_late_orders(plans: Plans) -> None:
    for lang in LANGUAGES:
        lines = str(summary(plans[lang])).splitlines()
        assert len(lines) <= 15
        assert any(line.startswith("SO-1049") for line in lines)
    assert summary(plans["zh"]).verdict.startswith("75 个需求里 73 个按时，2 个迟交。")


def test_names_that_look_like_markup_are_only_text() -> None:
    evil = "<script>alert('x')</script>&amp;"
    made = plan(
        build(
            today=date(2026, 1, 5),
            items=[{"item": "A&B", "name": evil, "safety_stock": 5}],
            sources=[{"item": "A&B", "supplier": evil, "moq": 500, "lead_time_days": 30, "price": 1}],
            demands=[{"demand": '"SO"<1>', "item": "A&B", "qty": 10, "due": date(2026, 1, 7), "customer": evil}],
        )
    )
    root = parsed(report_html(made, "en"))
    assert not list(root.iter("script"))
    assert evil in said(root)


def test_a_factory_without_orders_has_a_report_too() -> None:
    made = plan(build(today=date(2026, 1, 5), items=[{"item": "BODY"}]))
    root = parsed(report_html(made, "zh"))
    assert said(root).count("没有。") == 7


def test_the_report_is_one_file_that_replaces_the_older_one(plans: Plans, tmp_path: Path) -> None:
    path = tmp_path / "new" / "report.html"
    assert write_report(plans["zh"], path) == path
    first = path.read_bytes()
    write_report(plans["zh"], str(path))
    assert path.read_bytes() == first  # the same plan, the same bytes
    assert [file.name for file in path.parent.iterdir()] == ["report.html"]
    assert len(first) < 300_000


@pytest.mark.parametrize("name", ["report.html", "report.xlsx"])
def test_in_the_other_language_the_reasons_are_said_anew(name: str, plans: Plans, tmp_path: Path) -> None:
    """The Chinese plan reported in English is the English plan's report, from memory and from its folder."""
    english = write_report(plans["en"], tmp_path / "en" / name).read_bytes()
    assert write_report(plans["zh"], tmp_path / "zh" / name, "en").read_bytes() == english
    plans["zh"].save(tmp_path / "plan")
    assert write_report(Plan.load(tmp_path / "plan"), tmp_path / "saved" / name, "en").read_bytes() == english


def test_a_page_in_the_other_language_says_that_reasons_are_not(plans: Plans) -> None:
    assert "Reasons are in the language in which the plan was made." in report_html(plans["zh"], "en")


def test_a_long_plan_is_cut_with_counts() -> None:
    """300 demands: many orders of the week and late demands are counted, not listed; the page stays small."""
    tables = make_shop(60, orders=300)
    frames = {
        name: [dict(zip(table.columns, row, strict=True)) for row in table.rows] for name, table in tables.items()
    }
    made = plan(build(**SETTINGS, **frames), lang="zh")
    html = report_html(made, "zh")
    late = late_demands(made)
    assert f"还有 {late.height - 20:,} 行，见计划的 promises 表" in html
    week = this_week(made, bought(made))
    listed = sum(1 for order in week["order"] if f">{order}<" in html)
    told = sum(int(count) for count in re.findall(r"这家还有 ([\d,]+) 张", html))
    beyond = sum(int(count) for count in re.findall(r"还有 ([\d,]+) 行，见计划的 orders 表", html)[:1])
    assert listed + told + beyond >= week.height
    assert len(html.encode()) < 400_000


def test_the_page_asks_nobody_for_anything(plans: Plans, chromium: str, tmp_path: Path) -> None:
    """Chromium opens the page, its log of requests in hand; a page that does ask is noticed."""
    honest = write_report(plans["zh"], tmp_path / "report.html")
    curious = tmp_path / "curious.html"
    curious.write_text('<img src="http://outside.invalid/x.png">', encoding="utf-8")
    assert requests_of(curious, chromium) == ["http://outside.invalid/x.png"]
    assert requests_of(honest, chromium) == []


def requests_of(page: Path, chromium: str) -> list[str]:
    """What a page asks for over the network. The browser's own questions have no origin; none leaves this machine."""
    log = page.with_suffix(".json")
    command = [
        *(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
        *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
        *("--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={page.with_suffix('.browser')}"),
        *(f"--log-net-log={log}", "--dump-dom", page.as_uri()),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    told = [event.get("params", {}) for event in json.loads(log.read_text("utf-8"))["events"]]
    asked = {entry["url"] for entry in told if entry.get("initiator", "not an origin") != "not an origin"}
    return sorted(url for url in asked if url.startswith("http"))


def test_leftovers_of_the_page_are_those_of_the_plan(plans: Plans, pages: dict[Language, str]) -> None:
    value = plans["zh"].leftovers.select(pl.col("value").sum()).item()
    assert f"¥{value:,.0f}，预计损失" in pages["zh"]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["Transfers", "PT-000001", "SISTER", "12.00", "Substitutes used", "stand in for 2 pcs of OLD"]),
        ("zh", ["调拨", "PT-000001", "SISTER", "12.00", "用了替代料", "代替 2 pcs OLD"]),
    ],
)
def test_transfers_and_substitutes_are_shown(lang: Language, words: list[str]) -> None:
    """Forty of A are carried for 0.30 each; two B stand in for two OLD."""
    due = date(2026, 1, 12)
    factory = build(
        today=date(2026, 1, 5),
        items=[{"item": "A"}, {"item": "OLD"}, {"item": "B"}],
        sources=[{"item": item, "supplier": "S", "moq": 500, "lead_time_days": 1, "price": 1} for item in ("A", "OLD")],
        stock=[{"item": "A", "qty": 300, "location": "SISTER"}, {"item": "B", "qty": 2}],
        lanes=[{"from": "SISTER", "to": "MAIN", "lead_time_days": 2, "cost": 0.3}],
        substitutes=[{"item": "OLD", "substitute": "B"}],
        demands=[
            {"demand": "D1", "item": "A", "qty": 40, "due": due},
            {"demand": "D2", "item": "OLD", "qty": 2, "due": due},
        ],
    )
    page = said(parsed(report_html(plan(factory, lang=lang), lang)))
    for word in words:
        assert word in page
    assert words[0] not in said(parsed(report_html(plan(factory.with_(lanes=[]), lang=lang), lang)))
