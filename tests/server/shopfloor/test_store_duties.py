"""What waits in the store stands on the storekeeper's Today, and goes from it when it is done."""

import re

import pytest


def told(keeper):
    page = keeper.read("/")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index("<main") :]))


@pytest.fixture
def keeper(reader):
    return reader("storekeeper")


def test_a_pick_list_waits_until_its_last_line_is_fetched(stands, keeper):
    stands.id = stands.plan(qty="20")
    stands.say("release_order", id=stands.id)
    keeper.read("/shop/picking")
    keeper.press("", order=str(stands.id))
    walk = keeper.address
    assert "还有 2 行要拣" in told(keeper) and f'href="{walk}"' in keeper.text
    for left in (1, 0):
        keeper.read(walk)
        keeper.press("take")
        assert ("还有 1 行要拣" in told(keeper)) == bool(left)
    assert "行要拣" not in told(keeper)


def test_what_somebody_did_not_find_is_to_be_counted_at_once(stands, keeper):
    from huoku.server.ledger.models import CountTask

    assert "账实对不上" not in told(keeper)
    CountTask.objects.create(
        company=stands.company,
        item_id=stands.items["SCREW"],
        location_id=stands.shelf,
        cause=CountTask.Cause.NOT_FOUND,
        due_on="2099-01-01",
        recorded_at="2026-11-01T00:00:00Z",
    )
    assert "1 处账实对不上，要去数" in told(keeper) and 'href="/shop/counting' in keeper.text


def test_what_the_store_does_is_no_work_of_others_and_sales_is_not_told(stands, reader):
    stands.id = stands.plan(qty="20")
    stands.say("release_order", id=stands.id)
    keeper = reader("storekeeper")
    keeper.read("/shop/picking")
    keeper.press("", order=str(stands.id))
    for role in ("sales", "planner"):
        assert "行要拣" not in told(reader(role)), role


def test_the_page_asks_few_questions_whatever_waits(stands, keeper, django_assert_max_num_queries):
    stands.id = stands.plan(qty="20")
    stands.say("release_order", id=stands.id)
    keeper.read("/shop/picking")
    keeper.press("", order=str(stands.id))
    with django_assert_max_num_queries(20):
        keeper.read("/")
