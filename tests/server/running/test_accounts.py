"""Accounts by the command line: whoever can read the data folder may make them, and each step is on record."""

import json

import pytest

from huoku.errors import UsageError
from huoku.server.platform.refusals import Refused


def roles() -> dict[str, tuple[str, ...]]:
    from huoku.server.running.accounts import accounts

    return {each.login: each.roles for each in accounts()}


def test_roles_come_and_go_and_each_step_is_on_record(owner):
    from huoku.server.platform.models import AuditEntry
    from huoku.server.platform.scope import entered
    from huoku.server.running import accounts

    assert len(accounts.add("li", "李", "buyer", "")) >= 16
    accounts.give("li", "planner", "HUO")
    accounts.take("li", "buyer", "")
    assert roles() == {"li": ("planner",), "owner": ("owner",)}
    accounts.dismiss("li", "")
    assert roles() == {"owner": ("owner",)}
    with entered(owner.company):
        done = AuditEntry.objects.of(owner.company).order_by("id").values_list("action", flat=True)
        assert list(done) == [
            "platform.invite",
            "platform.accept_invitation",
            "platform.give_role",
            "platform.take_role",
            "platform.end_sessions",
            "platform.dismiss_person",
        ]


def test_the_last_owner_stays(owner):
    from huoku.server.running import accounts

    with pytest.raises(Refused):
        accounts.dismiss("owner", "")
    assert roles() == {"owner": ("owner",)}


@pytest.mark.parametrize(
    ("action", "arguments", "said"),
    [
        ("add", ("li", "李", "boss", ""), "boss: a role is one of"),
        ("give", ("li", "buyer", ""), "there is no account li"),
        ("add", ("li", "李", "buyer", "NO"), "one of HUO is wanted"),
        ("take", ("owner", "buyer", ""), "owner is no buyer of HUO"),
    ],
)
def test_what_cannot_be_done_says_what_would_be_right(owner, action, arguments, said):
    from huoku.server.running import accounts

    with pytest.raises(UsageError, match=said):
        getattr(accounts, action)(*arguments)


def test_a_new_password_is_good_and_the_old_one_is_not(owner):
    from huoku.server.running import accounts

    accounts.set_password("owner", "first-of-all")
    made = accounts.set_password("owner")
    owner.user.refresh_from_db()
    assert owner.user.check_password(made) and not owner.user.check_password("first-of-all")


def test_a_password_that_could_be_guessed_is_not_taken_here_either(owner):
    from huoku.server.running import accounts

    for password in ("12345678", "owner", "活库电器2026"):
        with pytest.raises(UsageError):
            accounts.set_password("owner", password)
    with pytest.raises(UsageError):
        accounts.add("li", "李", "buyer", "", "password")
    assert roles() == {"owner": ("owner",)}


def test_a_lost_second_factor_is_taken_away_and_each_renewal_is_on_record(owner):
    from allauth.mfa.totp.internal.auth import TOTP
    from allauth.mfa.utils import is_mfa_enabled

    from huoku.server.account.recovery import left, new_codes
    from huoku.server.platform.models import AuditEntry
    from huoku.server.platform.scope import entered
    from huoku.server.running import accounts

    TOTP.activate(owner.user, "JBSWY3DPEHPK3PXP")
    new_codes(owner.user)
    accounts.forget_second_factor("owner")
    assert (is_mfa_enabled(owner.user), left(owner.user)) == (False, 0)
    accounts.set_password("owner")
    with entered(owner.company):
        rows = AuditEntry.objects.of(owner.company).filter(action="platform.renew_sign_in").order_by("id")
        told = [(row.via, json.loads(row.changes)[0]["new"]) for row in rows]
    assert told == [("command line", {"second factor": "renewed"}), ("command line", {"password": "renewed"})]
