"""How each house is written to: signatures by its own rules, what it answers, and that nothing else is reached."""

import base64
import hashlib
import hmac
import json
import subprocess
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest

AT = datetime(2021, 2, 22, 15, 2, 10, tzinfo=UTC)
KEY = UUID("6c8ef8b5-4ae7-4b0e-9b8a-0c8f3a1f2d11")
SECRET = "SEC0123456789abcdef"


def letter(words="Buy bolts.", lang="en"):
    from huoku.server.notices.letter import Entry, Letter

    return Letter(KEY, AT, lang, "huoku: 1 to do", (Entry(words, "urgent"),), 1)


def openssl(key, text):
    """HMAC-SHA256 by another program, in base64."""
    said = ["openssl", "dgst", "-sha256", "-mac", "HMAC", "-macopt", f"hexkey:{key.encode().hex()}", "-binary"]
    return base64.b64encode(subprocess.run(said, input=text.encode(), capture_output=True, check=True).stdout).decode()


def test_wecom_gets_a_text_of_at_most_2048_bytes_in_which_a_name_calls_nobody(house):
    from huoku.server.notices.channels import wecom

    wecom.deliver(letter("<@all> " + "料" * 100), f"{house.address}/send?key=k", "")
    (came,) = house.came
    assert came.path == "/send?key=k" and came.told["msgtype"] == "text" and "<@" not in came.told["text"]["content"]


def test_dingtalk_signs_milliseconds_under_its_secret_in_the_address(house):
    from huoku.server.notices.channels import dingtalk

    dingtalk.deliver(letter(), f"{house.address}/robot/send?access_token=t", SECRET)
    asked = parse_qs(urlsplit(house.came[0].path).query)
    assert asked["access_token"] == ["t"] and asked["timestamp"] == ["1614006130000"]
    assert asked["sign"] == [openssl(SECRET, f"1614006130000\n{SECRET}")]
    assert house.came[0].told["at"] == {"isAtAll": False}


def test_feishu_signs_nothing_under_seconds_and_secret_in_the_body(house):
    from huoku.server.notices.channels import feishu

    feishu.deliver(letter('<at user_id="all">'), f"{house.address}/hook", SECRET)
    told = house.came[0].told
    assert told["timestamp"] == "1614006130" and told["sign"] == openssl(f"1614006130\n{SECRET}", "")
    assert told["msg_type"] == "text" and "<at" not in told["content"]["text"]
    feishu.deliver(letter(), f"{house.address}/hook", "")
    assert "sign" not in house.came[1].told


def test_a_webhook_is_signed_by_the_standards_own_example():
    from huoku.server.notices.channels.webhook import signature

    secret, key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek"
    signed = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert signature(secret, key, 1614265330, b'{"test": 2432232314}') == signed


def test_a_webhooks_signature_is_over_id_time_and_body(house):
    from huoku.server.notices.channels import webhook

    webhook.deliver(letter(), f"{house.address}/hook", SECRET)
    (came,) = house.came
    signed = f"{KEY}.1614006130.".encode() + came.body
    wanted = base64.b64encode(hmac.new(SECRET.encode(), signed, hashlib.sha256).digest()).decode()
    assert came.headers["webhook-signature"] == f"v1,{wanted}" and came.headers["webhook-id"] == str(KEY)
    assert came.told["data"]["tasks"][0]["text"] == "Buy bolts."


@pytest.mark.parametrize(
    ("channel", "status", "answer", "fault"),
    [
        ("wecom", 200, {"errcode": 45009, "errmsg": "freq"}, "busy"),
        ("wecom", 200, {"errcode": 93000, "errmsg": "invalid"}, "refused"),
        ("dingtalk", 200, {"errcode": 310000, "errmsg": "sign not match"}, "refused"),
        ("dingtalk", 200, {"errcode": 410100, "errmsg": "too fast"}, "busy"),
        ("feishu", 200, {"code": 19021, "msg": "sign match fail"}, "refused"),
        ("feishu", 200, {"code": 11232, "msg": "frequency"}, "busy"),
        ("feishu", 200, [], "refused"),
        ("webhook", 503, None, "busy"),
        ("webhook", 429, None, "busy"),
        ("webhook", 404, None, "refused"),
    ],
)
def test_what_the_other_side_answers_is_understood(house, channel, status, answer, fault):
    from huoku.server.notices.channels import DELIVER
    from huoku.server.notices.faults import NotDelivered

    house.says(status, answer)
    with pytest.raises(NotDelivered) as why:
        DELIVER[channel](letter(), f"{house.address}/x", SECRET)
    assert why.value.fault == fault


def test_nothing_is_followed_elsewhere(house):
    from huoku.server.notices.channels import webhook
    from huoku.server.notices.faults import NotDelivered

    house.says(307, headers={"Location": f"{house.address}/inside"})
    with pytest.raises(NotDelivered) as why:
        webhook.deliver(letter(), f"{house.address}/x", SECRET)
    assert why.value.fault == "refused" and [came.path for came in house.came] == ["/x"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_what_only_this_server_reaches_is_not_reached_by_an_address(house, settings, scheme, host):
    from huoku.server.notices.faults import NotDelivered
    from huoku.server.notices.posting import post

    settings.GIVEN = replace(settings.GIVEN, notice_hosts=("127.0.0.1", "127.0.0.1:1"))
    port = house.address.rpartition(":")[2]
    with pytest.raises(NotDelivered) as why:
        post(f"{scheme}://{host}:{port}/x", b"{}", {})
    assert why.value.fault == "not_allowed" and house.came == []


def test_addresses_of_networks_inside_are_not_public():
    from huoku.server.notices.posting import is_public

    inside = "10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 224.0.0.1 255.255.255.255 fe80::1%eth0 fd00::1"
    carried = "::ffff:10.0.0.1 64:ff9b::a00:1 2002:a00:1::1 ::"
    assert [each for each in f"{inside} {carried}".split() if is_public(each)] == []
    assert is_public("8.8.8.8") and is_public("2400:3200::1")


def test_a_name_is_resolved_once_and_what_was_judged_is_what_is_reached(house, monkeypatch, settings):
    """A name that answers with a public address first and with this machine's afterwards gains nothing."""
    import socket

    from huoku.server.notices import posting
    from huoku.server.notices.faults import NotDelivered

    answers, reached = iter(["8.8.8.8", "127.0.0.1"]), []

    def resolved(host, port, **_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connected(address, *_):
        reached.append(address)
        raise OSError("no way there")

    monkeypatch.setattr(posting, "getaddrinfo", resolved)
    monkeypatch.setattr(posting, "create_connection", connected)
    with pytest.raises(NotDelivered):
        posting.post("https://rebinding.example/x", b"{}", {})
    assert reached == [("8.8.8.8", 443)]


def test_nothing_goes_in_clear_through_the_net(monkeypatch):
    import socket

    from huoku.server.notices import posting
    from huoku.server.notices.faults import NotDelivered

    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 80))]
    monkeypatch.setattr(posting, "getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr(posting, "create_connection", lambda *_: pytest.fail("it was connected to"))
    with pytest.raises(NotDelivered) as why:
        posting.post("http://hooks.example.cn/x", b"{}", {})
    assert why.value.fault == "not_allowed"


def test_a_certificate_that_nobody_vouches_for_is_not_believed(house, settings):
    """The house speaks no TLS at all here, so nothing is said to it: neither path nor body."""
    from huoku.server.notices.faults import NotDelivered
    from huoku.server.notices.posting import post

    with pytest.raises(NotDelivered) as why:
        post(house.address.replace("http:", "https:") + "/x", b"{}", {})
    assert why.value.fault == "unreachable" and house.came == []


def test_who_answers_without_end_is_cut_off(house, monkeypatch):
    import socket
    import threading

    from huoku.server.notices import posting
    from huoku.server.notices.faults import NotDelivered

    monkeypatch.setattr(posting, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as endless:
        address = f"127.0.0.1:{endless.getsockname()[1]}"
        from django.conf import settings

        monkeypatch.setattr(settings, "GIVEN", replace(settings.GIVEN, notice_hosts=(address,)))

        def drip():
            line, _ = endless.accept()
            with line, suppress(OSError):
                line.sendall(b"HTTP/1.1 200 OK\r\n")
                while not done.wait(0.05):
                    line.sendall(b"X-More: 1\r\n")

        done = threading.Event()
        dripping = threading.Thread(target=drip)
        dripping.start()
        with pytest.raises(NotDelivered) as why:
            posting.post(f"http://{address}/x", b"{}", {})
        done.set()
        dripping.join()
    assert why.value.fault == "lost"


def test_mail_that_a_server_refuses_says_so_without_the_address(post_office):
    from huoku.server.notices.channels import mail
    from huoku.server.notices.faults import NotDelivered

    for answer, fault in (("550 no such user", "refused"), ("451 try later", "busy")):
        post_office.refused["li@example.cn"] = answer
        with pytest.raises(NotDelivered) as why:
            mail.deliver(letter(), "li@example.cn", "")
        assert (why.value.fault, why.value.detail) == (fault, answer)


def test_a_server_without_mail_says_so():
    from huoku.server.notices.channels import mail
    from huoku.server.notices.faults import NotDelivered

    with pytest.raises(NotDelivered) as why:
        mail.deliver(letter(), "li@example.cn", "")
    assert why.value.fault == "no_mail"


def test_what_is_sealed_opens_here_alone_and_the_same_is_sealed_alike(settings):
    from huoku.server.notices.sealing import Unreadable, seal, unseal

    sealed = seal("https://host/key")
    assert seal("https://host/key") == sealed != seal("https://host/kez") and "host" not in sealed
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert unseal(sealed) == "https://host/key"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Unreadable):
        unseal(sealed)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"mail_host": "mail.example.cn", "mail_from": "a@b.cn", "mail_security": "none"}, "in clear"),
        ({"mail_host": "mail.example.cn", "mail_from": "a@b.cn", "mail_security": "ssl"}, "starttls"),
        ({"mail_host": "mail.example.cn"}, "mail_from"),
        ({"public_address": "huoku.example.cn"}, "https://"),
    ],
)
def test_settings_that_cannot_be_are_refused_at_the_start(said, why):
    from huoku.errors import UsageError
    from huoku.server.given import Given
    from huoku.server.settings.mail import checked

    with pytest.raises(UsageError, match=why):
        checked(Given(**said))
    near = Given(mail_host="127.0.0.1", mail_from="a@b.cn", mail_security="none")
    assert checked(near) is near


def test_all_that_is_told_is_json_in_the_receivers_characters(house):
    from huoku.server.notices.channels import wecom

    wecom.deliver(letter("买“螺栓”\\n"), f"{house.address}/x", "")
    assert "买“螺栓”".encode() in house.came[0].body and json.loads(house.came[0].body)
