"""What must hold for every plan of a factory whose machines are scarce."""

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from tests.tries import tries

from huoku.factory import Factory
from huoku.judge import judge
from huoku.plan import plan

from .shops_with_machines import shops_with_machines

often = settings(max_examples=tries(8), deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.slow
@often
@given(shops_with_machines())
def test_no_machine_is_overloaded_and_no_other_rule_is_broken(factory: Factory) -> None:
    made = plan(factory)
    assert [violation.message("en") for violation in judge(factory, made).violations] == []


@pytest.mark.slow
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(shops_with_machines())
def test_compiled_and_plain_kernels_lay_the_same_work(factory: Factory) -> None:
    compiled, plain = plan(factory, compiled=True), plan(factory, compiled=False)
    assert all(compiled.tables()[name].equals(table) for name, table in plain.tables().items())


@often
@given(shops_with_machines())
def test_every_late_promise_has_a_reason_and_every_refused_one_an_exception(factory: Factory) -> None:
    made = plan(factory)
    late = made.promises.filter((pl.col("late_days") > 0) | pl.col("date").is_null())
    assert late["reason"].null_count() == 0
    refused = made.promises.filter(pl.col("date").is_null())["demand"]
    assert set(refused) <= set(made.exceptions["subject"])
