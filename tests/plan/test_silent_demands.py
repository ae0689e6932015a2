"""Demands that can have no promise: each is told by name, however many of a kind there are."""

from .worlds import day, exceptions, planned, world


def test_each_demand_for_a_phantom_is_told() -> None:
    shop = world(
        items=[{"item": "KIT", "kind": "phantom"}, {"item": "PART"}],
        bom=[{"parent": "KIT", "component": "PART", "qty": 2}],
        demands=[{"demand": name, "item": "KIT", "qty": 1, "due": day(3)} for name in ("SO-1", "SO-2")],
    )
    message = "KIT is a phantom, which is never delivered by itself; let its kind be make"
    assert exceptions(planned(shop), "demand_of_phantom") == [("SO-1", message), ("SO-2", message)]
