"""What work orders lack is counted, solved by the best way that can be gone, and put down to its cause."""

from datetime import timedelta

from django.db.models import Count

from huoku.server.items.models import Item
from huoku.server.ledger.models import Balance
from huoku.server.platform.commands.approvals import approve as approve_waiting
from huoku.server.platform.exact import plain
from huoku.server.platform.roles import Role
from huoku.server.running.past.people import People
from huoku.server.shortages.commands.choosing import choose_way
from huoku.server.shortages.commands.closing import close_case, solve_case
from huoku.server.shortages.commands.verifying import verify_case
from huoku.server.shortages.models import Proof, ShortageCase, Way
from huoku.server.shortages.states import ACTING, FOUND, SOLVED, VERIFIED

TRIED = 3
"""So many ways are tried before a case is left for another day."""
PATIENCE = timedelta(days=21)
MEASURES = (
    "每周核对这一格 count this bin weekly",
    "提前一周下单 order a week earlier",
    "修改损耗率 correct the scrap rate",
)


def look_into(people: People) -> None:
    """Each shortage that is open: is the book right, what can be done, and what was it due to?"""
    cases = ShortageCase.objects.of(people.company).exclude(state="closed").select_related("item", "place")
    for case in cases.order_by("pk"):
        if case.state == FOUND and case.place:
            _verify(people, case)
        if case.state in (FOUND, VERIFIED) and people.happens(0.5):
            _choose(people, case)
        elif case.state == ACTING and people.now - case.made_at > PATIENCE:
            people.does(Role.PRODUCTION_LEAD, solve_case, id=case.pk, reason="另想办法 solved otherwise")
        elif case.state == SOLVED:
            _close(people, case)


def _verify(people: People, case: ShortageCase) -> None:
    """Somebody looks into the bin; less lies there than the book says as often as not."""
    lying = Balance.objects.of(people.company).filter(item=case.item_id, location=case.place_id, on_hand__gt=0)
    row = lying.select_related("lot").order_by("pk").first()
    book = row.on_hand if row else 0
    counted = book - people.chance.randint(0, book // 10) if people.happens(0.5) else book
    lot = row.lot.code if row and case.item.tracking != Item.Tracking.NONE else None
    seen = {"counted": plain(counted, case.item.decimals), "lot": lot}
    people.does(Role.STOREKEEPER, verify_case, id=case.pk, **seen)


def _choose(people: People, case: ShortageCase) -> None:
    ways = Way.objects.of(people.company).filter(case=case, state=Way.State.OPEN).order_by("rank")
    for way in ways[:TRIED]:
        told = people.does(Role.PLANNER, choose_way, id=way.pk)
        if told and "approval" in told:
            role = Role.ENGINEER if told["why"] == "engineering" else Role.OWNER
            told = people.does(role, approve_waiting, id=told["approval"])
        if told:
            return


def _close(people: People, case: ShortageCase) -> None:
    """Of the causes that the records speak for the one that most speaks for; now and then another one is named."""
    spoken = Proof.objects.of(people.company).filter(case=case).values("cause").annotate(number=Count("pk"))
    most = spoken.order_by("-number", "cause").first()
    likely = most["cause"] if most and not people.happens(0.3) else people.chance.choice(ShortageCase.Cause.values)
    measure = people.chance.choice(MEASURES)
    people.does(Role.PRODUCTION_LEAD, close_case, id=case.pk, cause=likely, measure=measure)
