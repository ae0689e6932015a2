"""Addresses that name nothing, or nothing that one may know of: they are told so, and nothing breaks."""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from huoku.server.platform.roles import Role

from .test_buying import shop

__all__ = ["shop"]
NOBODYS = ("0", "999999999", "9223372036854775808", "9" * 30, "-1", "abc", "１２", "%00", "1.5")
LEADS_ON = "/shop/counting/"
"""A count that is done or gone leads to the list of those that are due."""
HOLE = re.compile(r"<(\w+):(\w+)>")


def addresses(patterns=None, before=""):
    """The addresses of the desk, the lists and the workshop that name a row, a figure or a table."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        here = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, here)
        elif isinstance(each, URLPattern) and re.match("desk/|shop/|office/", here) and HOLE.search(here):
            yield here


def filled(address, row, **named):
    """The address with a row's id in each of its holes."""
    return "/" + HOLE.sub(lambda hole: named.get(hole[2], "1" if hole[2] in ("number", "below") else row), address)


def answers(reader, asked):
    return {each: reader.client.get(each).status_code for each in dict.fromkeys(asked)}


def found_something(reader, asked):
    """The answers that tell of a row: what is only sent to (405) does not."""
    return {
        where: status
        for where, status in answers(reader, asked).items()
        if status not in (404, 405) and not (status == 302 and where.startswith(LEADS_ON))
    }


@pytest.mark.slow
def test_a_row_that_nobody_has_is_not_found_whatever_is_asked_of_it(shop, at_desk):
    from huoku.server.platform.tables.table import TABLES

    owner, asked = at_desk(shop, Role.OWNER), []
    for address in addresses():
        tables = [name for name in TABLES] if "row_id" in address and address[-14:] == "/<str:row_id>/" else ["items"]
        if (
            "figure" not in address and HOLE.sub("", address) != "office//" and "row_id" in address
        ) or "int:" in address:
            asked += [filled(address, row, table_name=of, action="change") for of in tables for row in NOBODYS]
    assert len(asked) > 500 and found_something(owner, asked) == {}


def test_a_figure_of_what_is_not_there_or_is_something_else_never_breaks(shop, at_desk):
    """Ids of another kind among them: ways to buy are asked of what is made."""
    from huoku.server.office.reasons import FIGURES_WITH_REASON
    from huoku.server.planning.models import Proposal

    owner = at_desk(shop, Role.OWNER)
    made, bought = (Proposal.objects.of(shop).filter(kind=kind).first().pk for kind in ("make", "buy"))
    ways = [name for name in FIGURES_WITH_REASON if name.startswith("option.")]
    of_made = answers(owner, [f"/desk/why/{name}/{made}?option=0" for name in ways])
    assert set(of_made.values()) == {404} and len(of_made) == 5
    assert owner.client.get(f"/desk/why/option.cost/{bought}?option=0").status_code == 200

    more = ("", "?option=99", "?view=no-such-view", f"?part={'9' * 25}", "?component=abc")
    asked = [f"/desk/why/{name}/{row}{more[0]}" for name in FIGURES_WITH_REASON for row in (*NOBODYS, made, bought)]
    asked += [f"/desk/why/{name}/{bought}{words}" for name in FIGURES_WITH_REASON for words in more]
    asked += [f"/desk/why/{name}{words}" for name in FIGURES_WITH_REASON for words in more]
    assert {where: status for where, status in answers(owner, asked).items() if status not in (200, 404)} == {}


def test_rows_of_another_company_are_not_found(shop, at_desk):
    """Somebody of a company that has nothing asks for every item, order and purchase of this one."""
    from huoku.server.items.models import Item
    from huoku.server.office.reasons import FIGURES_WITH_REASON
    from huoku.server.planning.models import Proposal
    from huoku.server.platform.commands.companies import found_company
    from huoku.server.platform.models import User
    from huoku.server.platform.scope import entered
    from huoku.server.sales.models import SalesLine

    theirs = [*Proposal.objects.of(shop), *Item.objects.of(shop), *SalesLine.objects.of(shop)]
    other = found_company("OTHER", "OTHER", User.objects.create(username="owner-other"))
    with entered(other):
        stranger = at_desk(other, Role.OWNER)
        rows = sorted({str(row.pk) for row in theirs})
        asked = [
            filled(each, row) for each in addresses() if "int:" in each and "table_name" not in each for row in rows
        ]
        of_one = [
            name for name in FIGURES_WITH_REASON if name.split(".")[0] in ("item", "purchase", "option", "pegging")
        ]
        asked += [f"/desk/why/{name}/{row}?option=0" for name in of_one for row in rows]
        assert found_something(stranger, asked) == {}
