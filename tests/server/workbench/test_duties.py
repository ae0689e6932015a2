"""Today tells each role what it must do now: what is dearest to leave comes first, then what is latest."""

import re
from html import unescape

from huoku.server.platform.roles import Role

from .test_pegging import lamps

__all__ = ["lamps"]


def duties(page):
    """The words, reason, action and all cells of each, in their order."""
    found = []
    for row in re.findall(r"<tr>(.*?)</tr>", page[page.index('id="to-do"') :], re.S):
        if 'class="told"' in row:
            cells = [" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in re.findall(r"<td.*?</td>", row, re.S)]
            words = re.search(r'<a class="code"[^>]*>(.*?)</a>', row, re.S)[1]
            found.append((unescape(words), unescape(cells[1].removeprefix(words).strip()), cells[-1], *cells[2:6]))
    return found


def test_the_planner_sees_the_late_order_and_what_is_to_be_ordered(lamps, at_desk, django_assert_max_num_queries):
    planner = at_desk(lamps, Role.PLANNER)
    with django_assert_max_num_queries(20):
        found = duties(planner.read("/"))
    assert any("SO-1 要晚 4 天" in words and "看卡在哪里" in action for words, _, action, *_ in found)
    assert any(
        "向 ACME 下单" in words and "就该下" in reason and "去下单" in action for words, reason, action, *_ in found
    )


def test_nobody_is_told_what_is_not_for_his_role(lamps, at_desk):
    assert duties(at_desk(lamps, Role.STOREKEEPER).read("/")) == []
    sales = duties(at_desk(lamps, Role.SALES).read("/"))
    assert [("要晚 4 天" in each[0]) for each in sales] == [True]


def test_what_costs_more_an_hour_comes_before_what_is_later():
    from huoku.language import Sentence
    from huoku.server.office.duties import Duty, ranked

    do = Sentence("去", "go")
    dear = Duty("dear", "", do, "/", per_hour=20.0)
    late, later = Duty("late", "", do, "/", late_days=1), Duty("later", "", do, "/", late_days=9)
    assert [each.words for each in ranked([late, dear, later])] == ["dear", "later", "late"]
