"""Events: told after their cause is recorded, at least once, in their order."""

import pytest

from huoku.server.platform.refusals import NotAllowed


@pytest.fixture
def items(owner, does):
    from huoku.server.items.commands.items import add_item

    return lambda *codes: [does(owner, add_item, code=code)["id"] for code in codes]


@pytest.fixture
def listener():
    """Notes the subjects it hears; fails at those in ``sick``."""
    from huoku.server.platform.events import LISTENERS, listens

    heard, sick = [], set()

    @listens("test", "item_added")
    def hear(event):
        if event.subject in sick:
            raise RuntimeError("not now")
        heard.append(event.subject)

    yield heard, sick
    del LISTENERS["test"]


def test_each_event_is_told_once_while_all_goes_well(items, listener):
    from huoku.server.platform.events import tell_listeners

    ids = items("BOLT", "NUT")
    assert [tell_listeners(), tell_listeners()] == [2, 0]
    assert listener[0] == [f"items.item:{pk}" for pk in ids]


def test_a_listener_that_failed_is_told_again_from_there(items, listener):
    from huoku.server.platform.events import tell_listeners

    heard, sick = listener
    bolt, nut, screw = items("BOLT", "NUT", "SCREW")
    sick.add(f"items.item:{nut}")
    paused = {}
    assert tell_listeners(paused) == 1
    assert tell_listeners(paused) == 0, "it is left alone for a while"
    sick.clear()
    assert tell_listeners() == 2
    assert heard == [f"items.item:{pk}" for pk in (bolt, nut, screw)]


def test_a_refused_or_dry_command_tells_nothing(items, listener, owner, does):
    from huoku.server.items.commands.items import AddItem, add_item
    from huoku.server.platform.command import perform
    from huoku.server.platform.events import tell_listeners
    from huoku.server.platform.refusals import Refused

    items("BOLT")
    with pytest.raises(Refused):
        items("BOLT")
    perform(add_item, AddItem(code="NUT"), actor=owner, key="dry", dry_run=True)
    assert tell_listeners() == 1


def test_what_changed_since_one_looked(items, owner):
    from huoku.server.platform.events import changes_since
    from huoku.server.platform.scope import entered

    with entered(owner.company):
        begun = changes_since(owner)
        assert (begun.events, begun.is_all) == ([], True)
    bolt, nut, screw = items("BOLT", "NUT", "SCREW")
    with entered(owner.company):
        first = changes_since(owner, begun.upto, limit=2)
        rest = changes_since(owner, first.upto)
        assert changes_since(owner, rest.upto).events == []
    assert [each.subject for each in first.events] == [f"items.item:{bolt}", f"items.item:{nut}"]
    assert ([each.subject for each in rest.events], first.is_all, rest.is_all) == ([f"items.item:{screw}"], False, True)


def test_a_company_hears_nothing_of_another_and_outsiders_hear_nothing(items, owner, second_company, join):
    from huoku.server.platform.events import changes_since
    from huoku.server.platform.roles import Role
    from huoku.server.platform.scope import entered

    items("BOLT")
    there = join(second_company, "two", Role.BUYER)
    with entered(second_company):
        assert changes_since(there, "0.0").events == []
    supplier = join(owner.company, "supplier", Role.SUPPLIER, partner=1)
    with entered(owner.company):
        assert len(changes_since(owner, "0.0").events) == 1
        with pytest.raises(NotAllowed):
            changes_since(supplier, "0.0")
        with pytest.raises(ValueError):
            changes_since(owner, "yesterday")


def test_two_events_of_one_command_are_never_torn_apart(owner, listener):
    from huoku.server.items.commands.items import AddItem, add_item
    from huoku.server.platform.command import At, Command, perform
    from huoku.server.platform.events import changes_since
    from huoku.server.platform.scope import entered

    def body(at: At, request: AddItem):
        return [add_item(at, request), add_item(at, AddItem(code=f"{request.code}-2"))]

    both = Command("test.both", add_item.right, AddItem, body, add_item.stream)
    perform(both, AddItem(code="BOLT"), actor=owner, key="both")
    with entered(owner.company):
        assert len(changes_since(owner, "0.0", limit=1).events) == 2
