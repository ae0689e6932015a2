"""The page on which people say how they are told, and administrators set up robots."""

import pytest

from .conftest import PASSWORD

ADDRESS = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7aoc"


@pytest.fixture(autouse=True)
def in_the_company(company):
    """PostgreSQL shows what a test looks up itself."""
    from huoku.server.platform.scope import entered

    with entered(company):
        yield


@pytest.fixture
def inside(browser, sign_in):
    sign_in(browser)
    return browser


@pytest.fixture
def buyer(client_at, company):
    from huoku.server.platform.models import Membership, User

    user = User.objects.create_user("li", password=PASSWORD)
    Membership.objects.create(company=company, user=user, role="buyer")
    browser = client_at("10.0.0.2")
    browser.post("/account/login/", {"login": "li", "password": PASSWORD})
    return browser


def receiver(company, **wanted):
    from huoku.server.notices.models import Receiver

    return Receiver.objects.of(company).get(**wanted)


def robot(**fields):
    told = {"name": "采购群", "channel": "wecom", "address": ADDRESS, "roles": ["buyer"], "language": "zh-hans"}
    return {**told, "urgency": "urgent", "hour": "", "quiet_from": "", "quiet_until": "", **fields}


def test_one_says_how_one_is_told_and_an_administrator_confirms_the_address(inside, buyer, company):
    wish = {"is_active": "on", "email": "li@example.cn", "urgency": "soon", "hour": "7", "about": ["sales.salesorder"]}
    answer = buyer.post("/account/notices/", {**wish, "quiet_from": "22", "quiet_until": "6"}, follow=True)
    assert "等管理员确认" in answer.content.decode() and "添加机器人" not in answer.content.decode()
    mine = receiver(company)
    assert (mine.user.username, mine.hour, mine.quiet_from, mine.about) == ("li", 7, 22, ["sales.salesorder"])
    page = inside.get("/account/notices/").content.decode()
    assert "li@example.cn" in page and "确认是本人的" in page
    inside.post(f"/account/notices/{mine.pk}/confirm/", {"version": mine.version})
    assert receiver(company).confirmed_at is not None
    buyer.post("/account/notices/", {"urgency": "all", "email": ""})
    gone = receiver(company)
    assert (gone.address, gone.is_active, gone.hour, gone.about) == ("", False, None, [])


def test_a_robot_is_added_tried_and_silenced_and_its_address_is_not_shown_again(inside, company):
    from huoku.server.notices.models import Delivery

    page = inside.post("/account/notices/robots/", robot(), follow=True).content.decode()
    assert "采购群" in page and "7aoc" in page and "693a91f6" not in page
    made = receiver(company)
    assert "半分钟后" in inside.post(f"/account/notices/{made.pk}/test/", follow=True).content.decode()
    assert Delivery.objects.of(company).get().is_test
    inside.post(f"/account/notices/{made.pk}/turn/", {"is_active": "0"})
    assert not receiver(company).is_active
    inside.post(f"/account/notices/{made.pk}/turn/", {"is_active": "1"})
    assert receiver(company).is_active


def test_a_robot_is_changed_without_entering_its_address_again(inside, buyer, company):
    inside.post(
        "/account/notices/robots/", robot(channel="dingtalk", address="https://oapi.dingtalk.com/robot/send?a=1")
    )
    made = receiver(company)
    page = inside.get(f"/account/notices/{made.pk}/").content.decode()
    assert "oapi.dingtalk.com …?a=1" in page and "robot/send" not in page
    changed = robot(address="", secret="another secret", roles=["buyer", "planner"], hour="7")
    inside.post(f"/account/notices/{made.pk}/", changed)
    now = receiver(company)
    assert (now.roles, now.hour, now.address) == (["buyer", "planner"], 7, made.address) and now.secret
    inside.post(f"/account/notices/{made.pk}/", robot(address="", hour=""))
    assert receiver(company).hour is None and receiver(company).secret == now.secret
    assert buyer.get(f"/account/notices/{made.pk}/").status_code == 403


def test_what_is_no_address_says_so_in_the_readers_language_beside_the_field(inside, company):
    from huoku.server.notices.models import Receiver

    for language, words in (("zh-hans", "请填 https:// 开头的完整地址。"), ("en", "begins with https://")):
        inside.cookies["django_language"] = language
        assert words in inside.post("/account/notices/robots/", robot(address="qyapi/send")).content.decode()
    assert inside.post("/account/notices/robots/", robot(address="https://evil.example/x")).status_code == 422
    assert not Receiver.objects.of(company).exists()


def test_who_does_not_look_after_robots_does_nothing_to_them(inside, buyer, company):
    inside.post("/account/notices/robots/", robot())
    made = receiver(company)
    assert buyer.post("/account/notices/robots/", robot()).status_code == 403
    assert buyer.post(f"/account/notices/{made.pk}/turn/", {"is_active": "0"}).status_code == 403
    assert buyer.post(f"/account/notices/{made.pk}/test/").status_code == 404
    assert "采购群" not in buyer.get("/account/notices/").content.decode() and receiver(company).is_active


def test_a_message_that_was_given_up_stands_there_with_its_reason_and_is_sent_again(inside, company):
    from django.utils import timezone

    from huoku.server.notices.models import Delivery

    inside.post("/account/notices/robots/", robot())
    about = {"fault": "refused", "detail": "93000 invalid webhook url", "made_at": timezone.now()}
    made = Delivery.objects.create(
        company=company, receiver=receiver(company), state="failed", next_at=timezone.now(), **about
    )
    page = inside.get("/account/notices/").content.decode()
    assert "对方拒收：93000 invalid webhook url" in page
    inside.post(f"/account/notices/messages/{made.pk}/again/")
    assert Delivery.objects.of(company).get().state == "waiting"


def test_one_reads_why_one_was_told_of_a_task_and_why_not(inside, buyer, company):
    """No address, then one that waits for its confirmation, then a task that was there before the wish."""
    from huoku.server.documents.models import Task
    from huoku.server.platform import clock

    Task.objects.create(
        company=company,
        **{"kind": "surplus", "what": "purchasing.purchaseorder", "row": 1, "role": "buyer", "made_at": clock.now()},
        **{"text_zh": "多出来的料请处理：{白色}", "text_en": "Deal with the surplus"},
    )
    page = buyer.get("/account/notices/").content.decode()
    assert "多出来的料请处理：{白色}" in page and "没有通知：您还没有填邮箱。" in page
    wish = {"is_active": "on", "email": "li@example.cn", "urgency": "all", "hour": ""}
    page = buyer.post("/account/notices/", wish, follow=True).content.decode()
    assert "没有通知：这台服务器还没有配置发信。" in page


@pytest.mark.parametrize(
    ("wish", "due_on", "words"),
    [
        ({"confirmed_at": None}, None, "没有通知：邮箱等管理员确认。"),
        ({"is_active": False}, None, "没有通知：您关掉了邮件通知。"),
        ({"about": ["sales.salesorder"]}, None, "没有通知：不在您选的单据里。"),
        ({"urgency": "urgent"}, None, "没有通知：没有到期日，不算急。"),
        ({"hour": 7}, None, "03-03 07:00 发：按您的急缓、汇总时间和免打扰。"),
        ({}, None, "马上发。"),
    ],
)
def test_why_a_task_is_told_or_not_is_one_sentence(company, wish, due_on, words):
    """At noon of 2 March in Shanghai, of a task that was left an hour ago."""
    from datetime import UTC, datetime, timedelta

    from huoku.server.documents.models import Task
    from huoku.server.notices.models import Receiver
    from huoku.server.notices.why import why_of

    noon = datetime(2026, 3, 2, 4, tzinfo=UTC)
    asked = {"urgency": "all", "address": "sealed", "since": noon - timedelta(days=1), "confirmed_at": noon}
    receiver = Receiver(company=company, **{**asked, **wish})
    task = Task(company=company, what="purchasing.purchaseorder", due_on=due_on, made_at=noon - timedelta(hours=1))
    assert why_of(task, receiver, None, True, noon, "zh") == words
