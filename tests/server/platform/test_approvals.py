"""Four eyes: what one person alone cannot do, and who decides it."""

import pytest

from huoku.server.platform.refusals import NeedsSecondCheck, NotAllowed


@pytest.fixture
def write_off():
    """A key post's command, as an app would have it: writes an item off for an amount."""
    from pydantic import BaseModel

    from huoku.server.items.models import Item
    from huoku.server.platform.audit import StreamName
    from huoku.server.platform.command import COMMANDS, Command

    class WriteOff(BaseModel):
        code: str
        amount: int

    def body(at, request):
        item = Item.objects.of(at.company_id).get(code=request.code)
        Item.objects.of(at.company_id).filter(pk=item.pk).update(is_active=False)
        at.changed(item, {"is_active": True}, {"is_active": False})
        return {"written_off": request.code, "by": at.actor.user.username}

    command = Command(
        "test.write_off",
        "items.edit",
        WriteOff,
        body,
        lambda _: StreamName("items"),
        waits=True,
        amount=lambda at, request: request.amount,
    )
    COMMANDS[command.name] = command
    yield command
    del COMMANDS[command.name]


@pytest.fixture
def bolt(owner, does):
    from huoku.server.items.commands.items import add_item
    from huoku.server.items.models import Item
    from huoku.server.platform.scope import entered

    does(owner, add_item, code="BOLT")

    def is_active():
        with entered(owner.company):
            return Item.objects.of(owner.company).get(code="BOLT").is_active

    return is_active


@pytest.fixture
def pair(person):
    """Two planners, either of whom may write off."""
    from huoku.server.platform.roles import Role

    return person(Role.PLANNER), person(Role.PLANNER)


@pytest.fixture
def checked(owner, does, write_off):
    from huoku.server.platform.commands.approvals import require_second_check

    does(owner, require_second_check, kind=write_off.name)


def test_without_a_rule_one_person_may(pair, does, write_off, bolt):
    assert does(pair[0], write_off, code="BOLT", amount=100)["written_off"] == "BOLT"
    assert not bolt()


def test_a_key_post_waits_until_a_second_person_approves(pair, does, write_off, bolt, checked):
    from huoku.server.platform.commands.approvals import DecidedAlready, approve

    first, second = pair
    waits = does(first, write_off, code="BOLT", amount=100)
    assert (waits["state"], waits["why"], bolt()) == ("waiting", "second_check", True)
    done = does(second, approve, id=waits["approval"])
    assert (done["state"], bolt()) == ("approved", False)
    assert first.user.username in done["answer"]
    with pytest.raises(DecidedAlready):
        does(second, approve, id=waits["approval"])


def test_nobody_approves_or_rejects_his_own_request_not_even_by_a_token(pair, does, write_off, bolt, checked):
    from dataclasses import replace

    from huoku.server.platform.commands.approvals import SamePerson, approve, reject

    waits = does(pair[0], write_off, code="BOLT", amount=100)
    by_token = replace(pair[0], via="token:1", scope="token:1")
    for actor, deciding in ((pair[0], approve), (by_token, approve), (pair[0], reject)):
        with pytest.raises(SamePerson):
            does(actor, deciding, id=waits["approval"])
    assert bolt()


def test_the_database_too_refuses_one_person_as_both(pair, does, write_off, bolt, checked, owner):
    from django.db import IntegrityError, transaction
    from django.utils import timezone

    from huoku.server.platform.models import Approval
    from huoku.server.platform.scope import entered

    waits = does(pair[0], write_off, code="BOLT", amount=100)["approval"]
    with entered(owner.company), pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.of(owner.company).filter(pk=waits).update(
            state="approved", decided_by=pair[0].user, decided_at=timezone.now()
        )


def test_who_lacks_the_right_approves_nothing(pair, person, does, write_off, bolt, checked):
    from huoku.server.platform.commands.approvals import approve
    from huoku.server.platform.roles import Role

    waits = does(pair[0], write_off, code="BOLT", amount=100)
    with pytest.raises(NotAllowed):
        does(person(Role.FINANCE), approve, id=waits["approval"])
    assert bolt()


def test_a_rejected_or_withdrawn_request_is_never_carried_out(pair, does, write_off, bolt, checked):
    from huoku.server.platform.commands.approvals import DecidedAlready, approve, reject, withdraw

    first, second = pair
    for actor, ending, state in ((second, reject, "rejected"), (first, withdraw, "withdrawn")):
        waits = does(first, write_off, code="BOLT", amount=100)["approval"]
        assert does(actor, ending, id=waits)["state"] == state
        with pytest.raises(DecidedAlready):
            does(second, approve, id=waits)
    assert bolt()


def test_an_amount_above_ones_limit_waits_for_somebody_whose_limit_reaches(pair, owner, person, does, write_off, bolt):
    from huoku.server.platform.commands.approvals import AboveOwnLimit, approve, set_limit
    from huoku.server.platform.roles import Role

    engineer = person(Role.ENGINEER)
    does(owner, set_limit, kind=write_off.name, role="planner", amount_minor=50_000)
    does(owner, set_limit, kind=write_off.name, role="engineer", amount_minor=200_000)
    assert "written_off" in does(pair[0], write_off, code="BOLT", amount=50_000)
    waits = does(pair[0], write_off, code="BOLT", amount=50_001)
    assert waits["why"] == "over_limit"
    with pytest.raises(AboveOwnLimit):
        does(pair[1], approve, id=waits["approval"])
    assert does(engineer, approve, id=waits["approval"])["state"] == "approved"


def test_a_limit_of_ones_own_goes_before_that_of_the_role(pair, owner, does, write_off, bolt):
    from huoku.server.platform.commands.approvals import set_limit

    does(owner, set_limit, kind=write_off.name, role="planner", amount_minor=50_000)
    does(owner, set_limit, kind=write_off.name, user=pair[0].user.pk, amount_minor=1_000)
    assert does(pair[0], write_off, code="BOLT", amount=1_001)["why"] == "over_limit"
    does(owner, set_limit, kind=write_off.name, user=pair[0].user.pk, amount_minor=None)
    assert "written_off" in does(pair[0], write_off, code="BOLT", amount=1_001)


def test_where_limits_are_set_who_has_none_does_nothing_alone(pair, owner, person, does, write_off, bolt):
    from huoku.server.platform.commands.approvals import set_limit
    from huoku.server.platform.roles import Role

    does(owner, set_limit, kind=write_off.name, role="planner", amount_minor=50_000)
    assert does(person(Role.ENGINEER), write_off, code="BOLT", amount=1)["why"] == "over_limit"


def test_what_waits_is_not_carried_out_once_its_asker_has_left(pair, owner, does, write_off, bolt, checked):
    from huoku.server.platform.commands.approvals import AskerMayNotAnyMore, approve
    from huoku.server.platform.commands.people import dismiss_person

    waits = does(pair[0], write_off, code="BOLT", amount=100)["approval"]
    does(owner, dismiss_person, user=pair[0].user.pk)
    with pytest.raises(AskerMayNotAnyMore):
        does(pair[1], approve, id=waits)


def test_a_key_post_is_not_slipped_through_as_part_of_another_command(pair, does, write_off, bolt, checked):
    from dataclasses import replace

    whole = replace(write_off, name="test.whole", waits=False, amount=None, body=write_off.__call__)
    with pytest.raises(NeedsSecondCheck):
        does(pair[0], whole, code="BOLT", amount=100)
    assert bolt()


def test_a_second_call_with_the_key_asks_no_second_time(pair, write_off, bolt, checked, owner, rows):
    from huoku.server.platform.command import perform
    from huoku.server.platform.models import Approval

    request = write_off.request(code="BOLT", amount=100)
    first, second = (perform(write_off, request, actor=pair[0], key="same") for _ in range(2))
    assert (first.status, first.answer, second.is_repeat) == (202, second.answer, True)
    assert len(rows(Approval, owner.company)) == 1


def test_an_ordinary_command_cannot_be_made_to_wait(owner, does):
    from huoku.server.platform.commands.approvals import CannotWait, require_second_check

    with pytest.raises(CannotWait):
        does(owner, require_second_check, kind="items.add_item")


def test_apps_above_join_in_before_a_command_and_ask_for_a_second_person(pair, does, write_off, bolt):
    from huoku.server.platform import hooks
    from huoku.server.platform.refusals import Refused

    def closed(at, request):
        if request.amount == 13:
            raise Refused()

    def dear(at, command, request):
        return "dear" if request.amount > 1_000 else ""

    check = hooks.CHECK.fill(write_off.name, closed)
    approve = hooks.APPROVE.fill(write_off.name, dear)
    try:
        with pytest.raises(Refused):
            does(pair[0], write_off, code="BOLT", amount=13)
        assert does(pair[0], write_off, code="BOLT", amount=1_001)["why"] == "dear"
        assert "written_off" in does(pair[0], write_off, code="BOLT", amount=1_000)
    finally:
        hooks.CHECK.empty(write_off.name, check)
        hooks.APPROVE.empty(write_off.name, approve)


def test_deduction_rules_change_the_lines_in_their_order():
    from huoku.server.platform import hooks

    without_last = hooks.DEDUCT.fill("test.issue", lambda at, request, lines: lines[:-1])
    doubled = hooks.DEDUCT.fill("test.issue", lambda at, request, lines: lines * 2)
    try:
        assert hooks.lines_to_take(None, "test.issue", None, [1, 2, 3]) == [1, 2, 1, 2]
    finally:
        hooks.DEDUCT.empty("test.issue", without_last)
        hooks.DEDUCT.empty("test.issue", doubled)
    assert hooks.lines_to_take(None, "test.issue", None, [1]) == [1]
