"""Who says how he is told, and what nobody is shown."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUSE = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7aoc-4bc4-97a0-0ec2sifa5aaa"


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


@pytest.mark.parametrize(
    ("wish", "due_on", "now", "told"),
    [
        ({}, None, "2026-03-02T12:00", "2026-03-02T12:00"),
        ({"urgency": "urgent"}, None, "2026-03-02T12:00", None),
        ({"urgency": "urgent"}, "2026-03-01", "2026-03-02T12:00", "2026-03-02T12:00"),
        ({"urgency": "urgent"}, "2026-03-03", "2026-03-02T00:00", "2026-03-02T00:00"),
        ({"urgency": "urgent"}, "2026-03-04", "2026-03-02T12:00", "2026-03-03T08:00"),
        ({"urgency": "soon"}, "2026-03-09", "2026-03-02T12:00", "2026-03-02T12:00"),
        ({"urgency": "soon"}, "2026-03-10", "2026-03-02T12:00", "2026-03-03T08:00"),
        ({"hour": 7}, None, "2026-03-02T07:00", "2026-03-02T07:00"),
        ({"hour": 7}, None, "2026-03-02T07:01", "2026-03-03T07:00"),
        ({"hour": 7, "urgency": "urgent"}, "2026-03-04", "2026-03-02T12:00", "2026-03-04T07:00"),
        ({"quiet_from": 22, "quiet_until": 7}, None, "2026-03-02T22:00", "2026-03-03T07:00"),
        ({"quiet_from": 22, "quiet_until": 7}, None, "2026-03-02T21:59", "2026-03-02T21:59"),
        ({"quiet_from": 22, "quiet_until": 7}, None, "2026-03-02T06:59", "2026-03-02T07:00"),
        ({"quiet_from": 22, "quiet_until": 7}, None, "2026-03-02T07:00", "2026-03-02T07:00"),
        ({"quiet_from": 12, "quiet_until": 14}, None, "2026-03-02T13:30", "2026-03-02T14:00"),
        ({"quiet_from": 12, "quiet_until": 14}, None, "2026-03-02T11:30", "2026-03-02T11:30"),
        ({"hour": 6, "quiet_from": 22, "quiet_until": 7}, None, "2026-03-02T12:00", "2026-03-03T07:00"),
    ],
)
def test_when_a_task_is_told(wish, due_on, now, told):
    from huoku.server.notices.models import Receiver
    from huoku.server.notices.when import due_at

    day = due_on and date.fromisoformat(due_on)
    assert due_at(Receiver(**wish), day, moment(now), SHANGHAI) == (told and moment(told))


def refused(told, what, code, **fields):
    from huoku.server.platform.refusals import Refused

    with pytest.raises(Refused) as why:
        told.say(what, **fields)
    assert why.value.code == code
    return why.value


def test_addresses_and_secrets_stand_in_no_answer_audit_entry_log_or_table(told, capture_log, house):
    from django.db import connection

    from huoku.server.notices.tables import declare  # noqa: F401
    from huoku.server.platform.models import AuditEntry, CommandRecord

    address, secret, mail = f"{house.address}/send/the-key-in-it", "the-secret-itself", "li@example.cn"
    robot = told.robot(address, "webhook", secret=secret)
    li = told.person("li", "buyer")
    told.say("notices.keep_wish", actor=li, email=mail)
    told.say("notices.change_robot", id=robot, secret="the-second-secret")
    house.says(500, {"why": "the-key-in-it the-secret-itself"})
    told.leave()
    told.look()
    kept = [each.changes for each in AuditEntry.objects.of(told.company)]
    kept += [each.answer for each in CommandRecord.objects.of(told.company)]
    kept += [str(line) for line in capture_log("")]
    with connection.cursor() as cursor:
        for table in ("notices_receiver", "notices_delivery", "documents_task", "platform_event"):
            cursor.execute(f"SELECT * FROM {table}")
            kept += [str(row) for row in cursor.fetchall()]
    everything = "\n".join(kept)
    for each in ("the-key", "the-secret", "the-second", mail):
        assert each not in everything, each
    assert "l…@example.cn" in everything and "127.0.0.1 …n-it" in everything, "enough to recognise it"


def test_a_robot_lives_where_its_house_is_unless_the_operator_allows_another(told, settings):
    told.robot(HOUSE)
    why = refused(told, "notices.add_robot", "not_that_house", **robot(address="https://evil.example/cgi-bin?key=1"))
    assert "qyapi.weixin.qq.com" in why.say("zh") and "evil.example" in why.say("en")
    refused(told, "notices.add_robot", "not_that_house", **robot(address=HOUSE.replace("https", "http")))
    refused(told, "notices.add_robot", "taken", **robot(address=HOUSE))


def robot(**fields):
    return {"name": "buyers", "channel": "wecom", "roles": ["buyer"], "address": f"{HOUSE}b", **fields}


def test_what_a_robot_must_have(told):
    hook = robot(channel="webhook", address="https://hooks.example.cn/huoku")
    refused(told, "notices.add_robot", "secret_wanted", **hook)
    refused(told, "notices.add_robot", "no_such_role", **robot(roles=["supplier"]))
    refused(told, "notices.add_robot", "no_such_kind", **robot(about=["sales.nothing"]))
    refused(told, "notices.add_robot", "quiet_together", **robot(quiet_from=8))
    refused(told, "notices.add_robot", "quiet_together", **robot(quiet_from=8, quiet_until=8))
    refused(told, "notices.add_robot", "unknown", **robot(site="NOWHERE"))
    made = told.say("notices.add_robot", **hook, secret="a secret of ours")
    refused(told, "notices.change_robot", "secret_wanted", id=made["id"], secret="")


@pytest.mark.parametrize(
    "address", ["ftp://a.cn/x", "https://", "https://u:p@a.cn/x", "a.cn/x", "https://a.cn/ x", "https://a.cn:x/"]
)
def test_what_is_no_address_is_refused_before_anything_is_kept(address):
    from pydantic import ValidationError

    from huoku.server.notices.commands.wishes import AddRobot

    with pytest.raises(ValidationError):
        AddRobot(**robot(address=address))


def test_the_same_request_again_is_the_same_request(told):
    from huoku.server.notices.commands.wishes import add_robot
    from huoku.server.platform.command import perform

    answers = [perform(add_robot, add_robot.request(**robot()), actor=told.owner, key="once") for _ in range(2)]
    assert answers[0].result() == answers[1].result() and answers[1].is_repeat


def test_another_address_waits_for_an_administrator_again(told, post_office):
    from huoku.server.notices.models import Receiver

    li = told.person("li", "buyer")
    wish = told.say("notices.keep_wish", actor=li, email="li@example.cn")
    told.say("notices.confirm_address", id=wish["id"])
    told.say("notices.keep_wish", actor=li, hour=9)
    assert Receiver.objects.of(told.company).get().confirmed_at
    told.say("notices.keep_wish", actor=li, email="elsewhere@example.cn", hour=None)
    told.leave()
    assert told.look() == 0 and post_office.came == []
    told.say("notices.keep_wish", actor=li, email="")
    gone = Receiver.objects.of(told.company).get()
    assert (gone.address, gone.shown, gone.confirmed_at) == ("", "", None)


def test_nobody_sets_anothers_wish_or_tests_it(told):
    from huoku.server.platform.refusals import NotAllowed, NotFound, Refused

    li, wu = told.person("li", "buyer"), told.person("wu", "storekeeper")
    wish = told.say("notices.keep_wish", actor=li, email="li@example.cn")
    for what, why in (("notices.send_test", NotFound), ("notices.confirm_address", NotAllowed)):
        with pytest.raises(why):
            told.say(what, actor=wu, id=wish["id"])
    with pytest.raises(Refused, match="person's own"):
        told.say("notices.change_robot", id=wish["id"], is_active=False)
    told.say("notices.send_test", actor=li, id=wish["id"])
    refused(told, "notices.send_test", "tested_just_now", id=wish["id"])


def test_what_was_not_given_up_is_not_sent_again(told, house):
    from huoku.server.notices.models import Delivery

    told.robot(f"{house.address}/send")
    told.leave()
    told.look()
    refused(told, "notices.send_again", "not_failed", id=Delivery.objects.of(told.company).get().pk)


def test_an_address_whose_key_is_gone_says_that_it_must_be_entered_again(told, house, settings):
    from huoku.server.notices.models import Delivery

    told.robot(f"{house.address}/send")
    settings.SECRET_KEY = "another"
    told.leave()
    told.look()
    assert Delivery.objects.of(told.company).get().fault == "unreadable" and house.came == []
