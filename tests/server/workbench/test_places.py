"""The page of places: sites, zones and bins with what lies there rolled up, and where each figure leads."""

import re
from html import unescape

import pytest
from tests.server.whys import hold, plain, reason

from huoku.server.platform.roles import Role

from .test_masters import TODAY, works

__all__ = ["works"]
ROW = re.compile(r'<tr role="row" id="place-(\d+)-(\d+)"(.*?)</tr>', re.S)


@pytest.fixture
def stores(works, do_as_owner):
    """East has bins A-01-1, A-01-2, A-02-1, A-2 and a gate; West one bin. Screws at 0.10: 300 lie at A-01-1, 200 at
    A-01-2 of which 50 are blocked, 100 in the west."""
    from huoku.server.items.models import Item
    from huoku.server.ledger.models import Location
    from huoku.server.platform.models import Site

    east, west = (Site.objects.create(company=works, code=code, name=code.title()) for code in ("EAST", "WEST"))
    for code, site in (
        ("A-01-1", east),
        ("A-01-2", east),
        ("A-02-1", east),
        ("A-2", east),
        ("GATE", east),
        ("W", west),
    ):
        do_as_owner(works, "ledger.add_location", code=code, kind="storage", site=site.pk)
    screw = Item.objects.of(works).get(code="SCREW").pk
    known = dict(Location.objects.of(works).values_list("code", "pk"))
    outside = Location.objects.of(works).get(kind="supplier").pk
    came = {"kind": "receive", "item": screw, "unit_cost": 100_000, "from_location": outside}
    for code, quantity in (("A-01-1", 300), ("A-01-2", 200), ("W", 100)):
        line = {**came, "quantity": quantity, "to_location": known[code]}
        do_as_owner(works, "ledger.record_movement", lines=[line])
    bin = known["A-01-2"]
    line = {"kind": "status", "item": screw, "quantity": 50, "from_location": bin, "to_location": bin}
    do_as_owner(works, "ledger.record_movement", reason="bent", lines=[{**line, "to_status": "blocked"}])
    return works


def told(page):
    """By row, from top to bottom: its level, whether it is seen at first, and its cells as text."""
    found = []
    for _, level, row in ROW.findall(plain(page)):
        cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)
        words = [" ".join(re.sub("<[^>]*>", " ", unescape(cell)).split()) for cell in cells]
        found.append((int(level), " hidden" not in row.partition("<td")[0], words))
    return found


def link(page, place, label):
    """Where the figure of a place leads."""
    row = next(row for *_, row in ROW.findall(page) if f">{place}</" in row)
    return unescape(re.search(rf'data-label="{label}">.*?<a href="([^"]+)"', row, re.S)[1])


def test_places_stand_under_the_zones_of_their_codes_and_each_level_holds_what_is_below(
    stores, at_desk, django_assert_max_num_queries
):
    """An item that lies in two bins of a zone is one item there. A-2 follows A-02; a zone of one bin is no zone."""
    owner = at_desk(stores, Role.OWNER)
    with django_assert_max_num_queries(20):
        page = owner.read("/desk/places")
    rows = [(level, words[0], words[1], words[2]) for level, _, words in told(page)]
    assert rows[:8] == [
        (1, "EAST East 5 个", "¥50", "1"),
        (2, "A 4 个", "¥50", "1"),
        (3, "A-01 2 个", "¥50", "1"),
        (4, "A-01-1", "¥30", "1"),
        (4, "A-01-2", "¥20", "1"),
        (3, "A-02-1", "—", "空"),
        (3, "A-2", "—", "空"),
        (2, "GATE", "—", "空"),
    ]
    assert rows[8] == (1, "WEST West 1 个", "¥10", "1") and rows[10][1].startswith("不属于厂区")
    of_all = {"place.value", "place.blocked", "place.blocked_items", "place.due"}
    assert hold(owner, "/desk/places") == of_all
    zone = next(address for address in re.findall(r'data-why="([^"]+)"', page) if address.endswith("level=2"))
    assert reason(owner, zone) == ([("SCREW", 50)], 50)


def test_a_figure_of_a_place_opens_the_rows_that_it_counts(stores, at_desk, do_as_owner):
    """What is blocked in zone A-01, and the count that is due there."""
    from huoku.server.items.models import Item
    from huoku.server.ledger.models import CountTask, Location
    from huoku.server.platform.clock import now

    bin = Location.objects.of(stores).get(code="A-01-1")
    screw = Item.objects.of(stores).get(code="SCREW")
    about = {"company": stores, "location": bin, "item": screw, "cause": "doubt", "recorded_at": now()}
    CountTask.objects.create(due_on=TODAY, **about)
    keeper = at_desk(stores, Role.STOREKEEPER)
    page = plain(keeper.read("/desk/places"))
    assert "盘点到期的 1 项" in page and "¥" not in page  # who may not see costs sees no value
    blocked = keeper.read(link(page, "A-01", "冻结"))
    assert "A-01-2" in blocked and ">50<" in plain(blocked) and "A-01-1<" not in blocked
    due = keeper.read(link(page, "EAST", "该盘"))
    assert "A-01-1" in due and "SCREW" in due
    assert reason(keeper, f"/desk/why/place.due/{bin.pk}?level=4") == ([("A-01-1", 1)], 1)
    keeper.read(f"/desk/why/place.value/{bin.pk}?level=4", status=404)


def test_whoever_works_at_one_site_has_its_places_alone(stores, at_desk):
    from huoku.server.ledger.models import Location
    from huoku.server.platform.models import Membership, MembershipSite, Site, User

    lead = at_desk(stores, Role.PRODUCTION_LEAD)
    lead.read("/desk/places")
    user = User.objects.get(pk=lead.client.session["_auth_user_id"])
    west = Site.objects.of(stores).get(code="WEST")
    membership = Membership.objects.of(stores).get(user=user)
    MembershipSite.objects.create(company=stores, membership=membership, site=west)
    page = lead.read("/desk/places")
    assert "WEST" in page and "A-01-1" not in page and "EAST" not in page
    east = Location.objects.of(stores).get(code="A-2").pk
    lead.read(f"/desk/places/{east}", status=404)


def test_the_list_leads_to_the_tree_and_a_place_to_where_it_stands_there(stores, at_desk, do_as_owner):
    """Of more places than a page shows at once the sites are open, and the levels above the place that was asked for;
    one that is not in use and holds nothing is not among them."""
    from huoku.server.ledger.models import Location
    from huoku.server.platform.models import Site

    east = Site.objects.of(stores).get(code="EAST").pk
    for number in range(40):
        do_as_owner(stores, "ledger.add_location", code=f"B-{number // 10}-{number}", kind="storage", site=east)
    gate = Location.objects.of(stores).get(code="GATE")
    Location.objects.of(stores).filter(pk=gate.pk).update(is_active=False)
    planner = at_desk(stores, Role.PLANNER)
    assert 'href="/desk/places"' in planner.read("/office/locations/").partition('class="act"')[2]
    seen = {words[0].split()[0]: is_seen for _, is_seen, words in told(planner.read("/desk/places"))}
    assert seen["A"] and seen["B"] and not seen["A-01"] and not seen["B-3-35"] and "GATE" not in seen
    place = Location.objects.of(stores).get(code="B-3-35").pk
    assert f'href="/desk/places/{place}"' in planner.read(f"/office/locations/{place}/")
    page = planner.read(f"/desk/places/{place}")
    seen = {words[0].split()[0]: is_seen for _, is_seen, words in told(page)}
    assert seen["B-3-35"] and seen["B-2"] and not seen["B-2-20"] and not seen["A-01"]
    assert re.search(r'aria-selected="true"[^>]*>.{0,400}B-3-35', page, re.S)
    assert all(is_seen for _, is_seen, _ in told(planner.read("/desk/places?open=all")))
