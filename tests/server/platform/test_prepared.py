"""Queries whose SQL is worked out once give what Django's own give."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from huoku.server.platform import clock
from huoku.server.platform.models import ApiToken, Company, Site, User
from huoku.server.platform.prepared import Prepared, columns, given, row_of
from huoku.server.platform.scope import CompanyNotNamed, entered
from huoku.server.platform.tokens import new_secret

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def inside(company: Company) -> Iterator[None]:
    with entered(company):
        yield


def sites_called() -> Any:
    return Site.objects.of_every_company().filter(company=given("company"), code=given("code")).values_list("name")


def test_the_same_statement_serves_every_value(company: Company) -> None:
    for code in ("EAST", "WEST"):
        Site.objects.create(company=company, code=code, name=f"{code} 车间")
    asked = Prepared(sites_called)
    assert [asked.rows(company=company.pk, code=code) for code in ("EAST", "WEST", "NORTH")] == [
        [("EAST 车间",)],
        [("WEST 车间",)],
        [],
    ]


def test_a_missing_value_is_named(company: Company) -> None:
    with pytest.raises(KeyError, match="code"):
        Prepared(sites_called).rows(company=company.pk)


def test_a_query_that_names_no_company_is_refused(company: Company) -> None:
    with pytest.raises(CompanyNotNamed):
        Prepared(lambda: Site.objects.filter(code=given("code")).values_list("name")).rows(code="EAST")


def test_values_come_as_django_gives_them(company: Company, django_user_model: type[User]) -> None:
    """Days, times, yes and no, lists and bytes have shapes of their own in each database."""
    secret, now = new_secret(), clock.now()
    made = ApiToken.objects.create(
        company=company,
        user=django_user_model.objects.create(username="gate"),
        name="gate 2",
        prefix=secret.prefix,
        digest=secret.digest,
        rights=["ledger.read"],
        made_at=now,
        expires_at=now + timedelta(days=1),
        last_used_on=now.date(),
    )
    shown = [*columns(ApiToken), *columns(User, "user__")]
    asked = Prepared(lambda: ApiToken.objects.of_every_company().filter(pk=given("id")).values_list(*shown))
    (values,) = asked.rows(id=made.pk)
    as_asked = ApiToken.objects.of(company).select_related("user").get(pk=made.pk)
    mine, user = row_of(ApiToken, values[: len(columns(ApiToken))]), row_of(User, values[len(columns(ApiToken)) :])
    for name in columns(ApiToken):
        assert getattr(mine, name) == getattr(as_asked, name), name
    for name in columns(User):
        assert getattr(user, name) == getattr(as_asked.user, name), name
