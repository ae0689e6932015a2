"""What must be known leaves the system: at once, in words, to whom it concerns, and to nobody else."""

from datetime import timedelta

import pytest
from tests.server.notices.conftest import NOON, Told

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def texts(house):
    return [each.told["text"]["content"] for each in house.came]


def deliveries(company, **wanted):
    from huoku.server.notices.models import Delivery

    return list(Delivery.objects.of(company).filter(**wanted).order_by("pk"))


def test_the_buyers_group_is_told_at_once_what_how_urgent_by_when_and_where(told, house):
    told.robot(f"{house.address}/send?key=1234567890", language="en")
    told.leave("Buy bolts.", days=1)
    assert told.look() == 1
    (text,) = texts(house)
    assert text.splitlines() == [
        "huoku · 活库电器: 1 to do, 1 urgent",
        "1. 【urgent, due tomorrow】Buy bolts. 0",
        f"https://plan.example.cn/office/items/{told.open_tasks('buy0').get().row}/",
        "https://plan.example.cn/",
    ]
    assert told.look(MINUTE) == 0, "it is told once"


def test_in_the_receivers_language(told, house):
    told.robot(f"{house.address}/a")
    told.robot(f"{house.address}/b", language="zh-hant")
    told.leave("Bolzen", days=-3)
    told.look()
    assert sorted(text.splitlines()[1] for text in texts(house)) == [
        "1. 【紧急，已过期 3 天】请办：Bolzen 0",
        "1. 【緊急，已過期 3 天】請辦：Bolzen 0",
    ]


def test_without_a_public_address_nothing_links(told, house, settings):
    from dataclasses import replace

    settings.GIVEN = replace(settings.GIVEN, public_address="")
    told.robot(f"{house.address}/send")
    told.leave()
    told.look()
    assert "/office/" not in texts(house)[0] and len(texts(house)[0].splitlines()) == 2


def test_two_hundred_at_once_are_one_message_of_the_ten_most_urgent_and_a_count(told, house):
    told.robot(f"{house.address}/hook", "webhook", secret="a secret of ours", language="en")
    told.leave("Buy.", times=200)
    told.look()
    (came,) = house.came
    data = came.told["data"]
    assert data["count"] == 200 and data["title"] == "huoku · 活库电器: 200 to do, 2 urgent"
    assert [each["text"] for each in data["tasks"]] == [f"Buy. {number}" for number in range(10)]
    assert data["tasks"][3]["due_on"] == "2026-03-05"


def test_a_message_is_no_longer_than_its_house_allows_and_cuts_no_task_in_two(told, house):
    told.robot(f"{house.address}/send")
    told.leave("料" * 300, times=12)
    told.look()
    (text,) = texts(house)
    assert len(text.encode()) <= 2048
    shown = [line for line in text.splitlines() if line[:1].isdigit()]
    assert 1 <= len(shown) < 10 and all(line.endswith("…") for line in shown)
    assert f"另有 {12 - len(shown)} 件，见首页。" in text


def test_what_was_rolled_back_is_not_told(told, house):
    told.robot(f"{house.address}/send")
    with pytest.raises(RuntimeError):
        told.leave(fails=True)
    assert told.look() == 0 and house.came == []


def test_what_ended_before_it_was_sent_is_not_told(told, house):
    told.robot(f"{house.address}/send", hour=18)
    first, second = told.leave("Buy bolts."), told.leave("Buy nuts.", item="NUT")
    told.look()
    told.say("documents.finish_task", id=first)
    told.look(timedelta(hours=6))
    (text,) = texts(house)
    assert "nuts" in text and "bolts" not in text
    told.say("documents.finish_task", id=second)
    assert told.look(timedelta(days=1)) == 0


def test_the_same_words_again_are_not_told_again_and_other_words_are(told, house):
    told.robot(f"{house.address}/send", language="en")
    told.leave("Three bolts are missing.")
    told.look()
    told.leave("Three bolts are missing.")
    assert told.look(2 * MINUTE) == 0
    told.leave("Four bolts are missing.")
    told.look(2 * MINUTE)
    assert ["Four" in text for text in texts(house)] == [False, True]


def test_a_robot_tells_its_roles_tasks_of_its_site_and_nobodys_own(told, house):
    east, west = (told.say("platform.add_site", code=code, name=code) for code in ("EAST", "WEST"))
    told.robot(f"{house.address}/send", site="EAST", language="en")
    told.leave("Of the buyers.")
    told.leave("Of the planners.", role="planner", item="NUT")
    told.leave("At WEST.", kind="west", site=west["id"])
    told.leave("At EAST.", kind="east", site=east["id"])
    told.person("li", "buyer")
    told.say("documents.write_comment", what="items.item", row=told.open_tasks("buy0").first().row, text="@li please")
    told.look()
    (text,) = texts(house)
    assert "Of the buyers." in text and "At EAST." in text
    assert "planners" not in text and "WEST" not in text and "please" not in text


def test_an_owners_robot_tells_the_owners_tasks_and_not_all_of_them(told, house):
    told.robot(f"{house.address}/send", roles=("owner",), language="en")
    told.leave("Of the buyers.")
    told.leave("Of the owner.", role="owner", item="NUT")
    told.look()
    assert "Of the owner." in texts(house)[0] and "buyers" not in texts(house)[0]


def test_amounts_of_money_go_to_those_alone_who_see_all_money(told, house):
    told.robot(f"{house.address}/sales", roles=("sales",), language="en")
    told.robot(f"{house.address}/finance", roles=("finance",), language="en")
    told.robot(f"{house.address}/both", roles=("finance", "sales"), language="en")
    for role in ("sales", "finance"):
        told.leave(f"{role}: 350 pcs too many, ¥3,500 tied up, at CNY 10.50.", role=role)
    told.look()
    seen = {came.path: came.told["text"]["content"] for came in house.came}
    assert "350 pcs too many, (amount: see the page) tied up, at (amount: see the page). 0" in seen["/sales"]
    assert "¥3,500 tied up, at CNY 10.50." in seen["/finance"]
    assert "3,500" not in seen["/both"] and "10.50" not in seen["/both"] and "350 pcs" in seen["/both"]


def test_a_person_limited_to_a_site_hears_of_that_site_alone(told, post_office):
    from huoku.server.platform.models import Membership, MembershipSite

    east, west = (told.say("platform.add_site", code=code, name=code) for code in ("EAST", "WEST"))
    li = told.person("li", "buyer", language="en")
    MembershipSite.objects.create(
        company=told.company, membership=Membership.objects.of(told.company).get(user=li.user), site_id=east["id"]
    )
    wish = told.say("notices.keep_wish", actor=li, email="li@example.cn")
    told.say("notices.confirm_address", id=wish["id"])
    told.leave("At WEST.", kind="west", site=west["id"])
    assert told.look() == 0
    told.leave("At EAST.", kind="east", site=east["id"])
    assert told.look() == 1 and len(post_office.came) == 1


def test_another_companys_tasks_are_not_told(told, house):
    from huoku.server.platform.actor import actor_of
    from huoku.server.platform.commands.companies import found_company
    from huoku.server.platform.models import User
    from huoku.server.platform.scope import entered

    told.robot(f"{house.address}/send")
    stranger = User.objects.create(username="stranger")
    other = found_company("ZWEI", "别家", stranger)
    with entered(other):
        actor = actor_of(stranger, other)
        told.say("items.add_item", actor=actor, code="BOLT")
        from tests.server.notices.conftest import leaving

        told.say(leaving(), actor=actor, role="buyer", words="Theirs.", days=0, item="BOLT", kind="buy")
    assert told.look() == 0 and house.came == []


def test_only_what_is_urgent_and_what_becomes_so_in_the_morning_of_its_day(told, house):
    told.robot(f"{house.address}/send", urgency="urgent")
    told.leave("In a week.", days=7)
    told.leave("Some day.", days=None, item="NUT")
    assert told.look() == 0
    assert told.look(timedelta(days=5, hours=19, minutes=59)) == 0
    assert told.look(MINUTE) == 1, "on the day before, at eight in Shanghai"
    assert "明天到期" in texts(house)[0] and "In a week." in texts(house)[0]


def test_of_some_kinds_alone(told, house):
    told.robot(f"{house.address}/send", about=["sales.salesorder"])
    told.leave()
    assert told.look() == 0


def test_a_person_is_told_by_mail_once_an_administrator_has_confirmed_the_address(told, post_office):
    li = told.person("li", "buyer", name="李", language="en")
    wish = told.say("notices.keep_wish", actor=li, email="li@example.cn")
    told.leave("Buy bolts.")
    assert told.look() == 0
    told.say("notices.confirm_address", id=wish["id"])
    assert told.look() == 1
    ((sender, to, text),) = post_office.came
    assert to == "li@example.cn" and "huoku@example.cn" in sender
    assert b"Subject: =?utf-8?" in text and b"Auto-Submitted: auto-generated" in text
    (sent,) = deliveries(told.company)
    assert sent.state == "sent" and f"<{sent.key}@".encode() in text


def test_whoever_lost_his_role_hears_nothing_more(told, post_office):
    from huoku.server.platform.models import Membership

    li = told.person("li", "buyer", "finance")
    wish = told.say("notices.keep_wish", actor=li, email="li@example.cn")
    told.say("notices.confirm_address", id=wish["id"])
    told.leave()
    Membership.objects.of(told.company).filter(user=li.user, role="buyer").delete()
    assert told.look() == 0
    told.leave("For the money people.", role="finance")
    assert told.look() == 1
    Membership.objects.of(told.company).filter(user=li.user).delete()
    told.leave("For the money people again.", role="finance")
    assert told.look(2 * MINUTE) == 0


def test_gathered_until_the_morning(told, post_office):
    wish = told.say("notices.keep_wish", email="owner@example.cn", hour=7)
    assert wish["version"] == 1
    told.leave("One.")
    told.leave("Two.", item="NUT")
    assert told.look(timedelta(hours=18, minutes=59)) == 0
    assert told.look(MINUTE) == 1, "07:00 in Shanghai"
    assert len(post_office.came) == 1


def test_nothing_in_quiet_hours(told, house):
    told.robot(f"{house.address}/send", quiet_from=20, quiet_until=6)
    told.look(timedelta(hours=9))
    told.leave()
    assert told.look() == 0 and told.look(timedelta(hours=8, minutes=59)) == 0
    assert told.look(MINUTE) == 1, "06:00 in Shanghai"


def test_another_wish_counts_for_what_waits(told, house):
    robot = told.robot(f"{house.address}/send", hour=7)
    told.leave()
    assert told.look() == 0
    told.say("notices.change_robot", id=robot, hour=None)
    assert told.look() == 1


def test_a_message_that_fails_is_tried_again_under_the_same_key_after_longer_and_longer_times(told, house):
    told.robot(f"{house.address}/hook", "webhook", secret="a secret of ours")
    house.says(503, times=2)
    told.leave()
    assert told.look() == 1 and told.look(timedelta(seconds=59)) == 0
    assert told.look(timedelta(seconds=1)) == 1 and told.look(timedelta(minutes=4)) == 0
    told.leave("Meanwhile.", item="NUT")
    assert told.look(MINUTE) == 1, "five minutes after the second try"
    assert told.look(MINUTE) == 1, "what was left meanwhile, now that the first has arrived"
    keys = [came.headers["webhook-id"] for came in house.came]
    assert keys[0] == keys[1] == keys[2] != keys[3]
    assert [each.state for each in deliveries(told.company)] == ["sent", "sent"]


def test_what_cannot_be_delivered_is_given_up_after_a_day_and_an_administrator_has_a_task(told, house):
    robot = told.robot(f"{house.address}/send?key=the-key-of-the-robot")
    house.says(200, {"errcode": 45009, "errmsg": "the-key-of-the-robot calls too often"}, times=99)
    told.leave()
    tries = sum(told.look(timedelta(minutes=10)) for _ in range(6 * 24))
    assert tries == len(house.came) == 8
    (given_up,) = deliveries(told.company)
    assert (given_up.state, given_up.fault, given_up.detail) == ("failed", "busy", "45009 … calls too often")
    task = told.open_tasks("not_told").get()
    assert task.role == "admin" and (task.what, task.row) == ("notices.receiver", robot)
    assert "45009" in task.text_zh and "the-key" not in task.text_zh + task.text_en
    house.answers.clear()
    told.say("notices.send_again", id=given_up.pk)
    assert told.look() == 1 and not told.open_tasks("not_told").exists()
    assert deliveries(told.company)[0].state == "sent"


def test_what_the_other_side_does_not_want_is_given_up_after_three_tries(told, house):
    told.robot(f"{house.address}/send")
    house.says(200, {"errcode": 93000, "errmsg": "invalid webhook url"}, times=99)
    told.leave()
    assert sum(told.look(timedelta(minutes=10)) for _ in range(20)) == 3
    assert told.open_tasks("not_told").count() == 1


def test_a_robot_is_not_told_of_its_own_silence(told, house):
    told.robot(f"{house.address}/send", roles=("admin",))
    house.says(404, times=3)
    told.leave(role="admin")
    assert sum(told.look(timedelta(minutes=10)) for _ in range(20)) == 3
    assert told.open_tasks("not_told").count() == 1


def test_twenty_messages_a_minute_at_most_go_to_one_robot(told, house):
    from huoku.server.notices.models import Delivery

    told.robot(f"{house.address}/send")
    (receiver,) = {each.pk for each in _receivers(told.company)}
    for _ in range(30):
        Delivery.objects.create(company=told.company, receiver_id=receiver, is_test=True, made_at=NOON, next_at=NOON)
    assert sum(told.look() for _ in range(40)) == 20
    assert sum(told.look(timedelta(seconds=59)) for _ in range(1)) == 0
    assert sum(told.look(timedelta(seconds=1 * (n == 0))) for n in range(40)) == 10
    assert len(house.came) == 30


def test_what_comes_within_a_minute_of_a_message_waits_and_comes_together(told, house):
    told.robot(f"{house.address}/send", language="en")
    told.leave("One.")
    assert told.look() == 1
    told.leave("Two.", item="NUT")
    assert told.look(timedelta(seconds=30)) == 0
    told.leave("Three.", item="NUT", kind="other")
    assert told.look(timedelta(seconds=30)) == 1
    assert "Two." in texts(house)[1] and "Three." in texts(house)[1] and "One." not in texts(house)[1]


def test_of_several_workers_one_sends_a_message(told, house):
    from huoku.server.notices import sending
    from huoku.server.notices.models import Delivery

    robot = told.robot(f"{house.address}/send")
    about = {"receiver_id": robot, "is_test": True, "made_at": NOON, "next_at": NOON}
    made = Delivery.objects.create(company=told.company, **about)
    seen_by_both = [Delivery.objects.of(told.company).select_related("receiver").get(pk=made.pk) for _ in range(2)]
    claimed = [sending._claimed(each, NOON) for each in seen_by_both]
    assert [each is not None for each in claimed] == [True, False]


def test_who_died_midway_is_followed_by_a_try_under_the_same_key(told, house, monkeypatch):
    from huoku.server.notices import sending

    told.robot(f"{house.address}/hook", "webhook", secret="a secret of ours")
    told.leave()

    def dies(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(sending, "_settle", dies)
        with pytest.raises(KeyboardInterrupt):
            told.look()
    assert told.look(timedelta(minutes=4)) == 0
    assert told.look(MINUTE) == 1
    assert len({came.headers["webhook-id"] for came in house.came}) == 1 and len(house.came) == 2


def test_a_test_is_sent_by_a_press_and_its_failure_tells_by_itself(told, house):
    robot = told.robot(f"{house.address}/send")
    told.say("notices.send_test", id=robot)
    told.look()
    assert "收到这条，说明通知已经接通。" in texts(house)[0]
    house.says(500)
    told.now += MINUTE
    told.say("notices.send_test", id=robot)
    told.look()
    assert [each.state for each in deliveries(told.company)] == ["sent", "failed"]
    assert not told.open_tasks("not_told").exists()


def test_messages_of_long_ago_are_forgotten(told, house):
    from huoku.server.notices.jobs import tidy
    from huoku.server.platform.clock import telling

    told.robot(f"{house.address}/send")
    told.leave()
    told.look()
    with telling(told.now + timedelta(days=89)):
        assert tidy() == 0
    with telling(told.now + timedelta(days=91)):
        assert tidy() == 1
    assert deliveries(told.company) == []


def _receivers(company):
    from huoku.server.notices.models import Receiver

    return Receiver.objects.of(company)


def test_a_company_that_cannot_be_served_does_not_silence_the_others(told, house, monkeypatch, capture_log):
    from huoku.server.notices import sending
    from huoku.server.platform.actor import actor_of
    from huoku.server.platform.commands.companies import found_company
    from huoku.server.platform.models import User
    from huoku.server.platform.scope import entered

    stranger = User.objects.create(username="stranger")
    other = found_company("ZWEI", "别家", stranger)
    with entered(other):
        elsewhere = Told(other, actor_of(stranger, other))
        elsewhere.robot(f"{house.address}/other")
        elsewhere.leave()
    told.robot(f"{house.address}/first")
    told.leave()
    gathered = sending.gather

    def broken_for_the_first(company, now):
        if company == told.company:
            raise RuntimeError("a fault of ours")
        return gathered(company, now)

    monkeypatch.setattr(sending, "gather", broken_for_the_first)
    assert told.look() == 1 and [came.path for came in house.came] == ["/other"]
    assert [line["company"] for line in capture_log("huoku.notices")] == ["HUO"]
