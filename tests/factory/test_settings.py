"""factory.toml: defaults, every setting, and every mistake in it."""

from datetime import date, datetime

import pytest

from huoku.errors import DataError
from huoku.factory import Settings, read


def test_the_defaults_are_the_contracts(folder):
    assert read(folder()).settings == Settings(
        today=date(2026, 1, 5),
        horizon_days=365,
        currency="CNY",
        holding_rate=0.2,
        salvage_rate=0.1,
        late_rate=0.01,
        partial_shipments=False,
        frozen_days=0,
        substitute_mixing="piece",
    )


def test_the_owners_limits_and_the_worth_of_leftovers_are_read(folder):
    toml = 'future_use = "none"\nrisk_limit = "5000"\nexcess_limit = "30%"\n'
    found = read(folder(toml=toml)).settings
    assert (found.future_use, found.risk_limit, found.excess_limit) == ("none", 5000.0, 0.3)
    unlimited = read(folder(toml="")).settings
    assert (unlimited.future_use, unlimited.risk_limit, unlimited.excess_limit) == ("outlook", float("inf"), None)
    assert unlimited.bearing == (0.10, 0.30, 1.0)


@pytest.mark.parametrize(
    ("stage", "bearing"),
    [
        ("startup", (0.05, 0.10, 0.50)),
        ("成长", (0.10, 0.20, 0.75)),
        ("expansion", (0.10, 0.30, 1.0)),
        ("不分", (0.10, 0.30, 1.0)),
    ],
)
def test_a_younger_company_bears_less(folder, stage, bearing):
    assert read(folder(toml=f'"企业阶段" = "{stage}"\n')).settings.bearing == bearing


def test_what_the_owner_says_comes_before_the_stage_which_may_change(folder):
    shop = read(folder(toml='company_stage = "startup"\ndead_alarm = "25%"\n'))
    assert shop.settings.bearing == (0.05, 0.25, 0.50)
    assert shop.with_(company_stage="growth").settings.bearing == (0.10, 0.25, 0.75)
    assert shop.with_(excess_limit=0.8).settings.bearing == (0.05, 0.25, 0.8)


def test_dead_stock_is_told_before_it_alarms(folder):
    with pytest.raises(DataError) as caught:
        read(folder(toml='company_stage = "startup"\ndead_warn = 0.15\n'))
    (error,) = caught.value.problems
    assert error.rule == "crossed_lines"
    assert "15% 高过报警线 10%" in error.text("zh")
    assert "told from 15% on, above the alarm at 10%" in error.text("en")


def test_every_setting_is_read(folder):
    toml = (
        'today = "2026/2/3"\nhorizon_days = 90\ncurrency = "EUR"\nholding_rate = "25%"\nsalvage_rate = 0\n'
        "late_rate = 0.02\npartial_shipments = true\nfrozen_days = 7\n"
    )
    assert read(folder(toml=toml)).settings == Settings(date(2026, 2, 3), 90, "EUR", 0.25, 0.0, 0.02, True, 7)


def test_a_byte_order_mark_does_no_harm(folder):
    assert read(folder(toml="\ufefftoday = 2026-02-03\n")).settings.today == date(2026, 2, 3)


def test_a_moment_is_a_day(folder):
    assert read(folder(toml="today = 2026-02-03T08:00:00\n")).settings.today == datetime(2026, 2, 3).date()


@pytest.mark.parametrize(
    ("line", "rule", "zh", "en"),
    [
        ('today = "soon"', "bad_today", "请写成 2026-01-05", "write it as 2026-01-05"),
        ("today = 5", "bad_today", "第一天", "first day"),
        ("today = 1066-10-14", "bad_today", "第一天", "first day"),
        ("horizon_days = 0", "bad_days", "1 到 36500 的整数", "from 1 to 36500"),
        ("horizon_days = 36501", "bad_days", "1 到 36500 的整数", "from 1 to 36500"),
        ("horizon_days = 1.5", "bad_days", "整数", "whole number"),
        ("horizon_days = true", "bad_days", "整数", "whole number"),
        ("frozen_days = -1", "bad_days", "0 到 36500 的整数", "from 0 to 36500"),
        ("holding_rate = nan", "bad_rate", "0 到 10 的数", "from 0 to 10"),
        ("holding_rate = -0.1", "bad_rate", "0 到 10 的数", "from 0 to 10"),
        ('late_rate = "much"', "bad_rate", "0 到 10 的数", "from 0 to 10"),
        ("salvage_rate = 1.1", "bad_rate", "0 到 1 的数", "from 0 to 1"),
        ("salvage_rate = true", "bad_rate", "0 到 1 的数", "from 0 to 1"),
        ('future_use = "guess"', "bad_future_use", "outlook", "write outlook or none"),
        ("risk_limit = -1", "bad_money", "不小于 0 的金额", "0 or more"),
        ("risk_limit = true", "bad_money", "不小于 0 的金额", "0 or more"),
        ('company_stage = "old"', "bad_stage", "startup（初创）", "startup, growth, expansion or any"),
        ("dead_warn = 2", "bad_rate", "0 到 1 的数", "from 0 to 1"),
        ("excess_limit = 2", "bad_rate", "0 到 1 的数", "from 0 to 1"),
        ("partial_shipments = 2", "bad_flag", "true 或 false", "true or false"),
        ("currency = 7", "bad_currency", "例如 CNY", "such as CNY"),
        ('currency = "a very long name"', "bad_currency", "例如 CNY", "such as CNY"),
    ],
)
def test_a_bad_setting_is_named_with_its_cure(folder, line, rule, zh, en):
    with pytest.raises(DataError) as caught:
        read(folder(toml=line + "\n"))
    (error,) = caught.value.problems
    assert (error.rule, error.file, error.table, error.column) == (rule, "factory.toml", "factory", line.split(" =")[0])
    assert zh in error.text("zh") and en in error.text("en")


@pytest.mark.parametrize("text", ["today = \n", "= 5\n", "[" * 5_000, "a = " + "[" * 5_000])
def test_a_file_that_is_no_toml(folder, text):
    with pytest.raises(DataError) as caught:
        read(folder(toml=text))
    (error,) = caught.value.problems
    assert (error.rule, error.file) == ("not_toml", "factory.toml")
    assert "请改正" in error.text("zh") and "correct it" in error.text("en")


def test_an_unknown_setting_is_told_and_ignored(folder):
    (warning,) = read(folder(toml="today = 2026-01-05\nhorizon_day = 5\n")).warnings
    assert (warning.rule, warning.value, warning.fields["allowed"]) == (
        "unknown_setting",
        "horizon_day",
        "horizon_days",
    )
