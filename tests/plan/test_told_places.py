"""What is told of places: where too much lies, and which orders need a machine that stands elsewhere."""

from huoku.plan import plan

from .worlds import bought, day, exceptions, planned, world

LAMPS = {
    "items": [{"item": "LAMP", "price": 9, "volume": "0.5"}, {"item": "CORD"}],
    "sources": [{"item": "LAMP", "supplier": "S", "lead_time_days": 1, "price": 2, "moq": 40}],
    "locations": [{"location": "MAIN", "capacity": 12}, {"location": "YARD"}],
    "stock": [
        {"item": "LAMP", "qty": 8, "lot": "GOOD"},
        {"item": "LAMP", "qty": 6, "lot": "CHIPPED", "status": "blocked"},
        {"item": "CORD", "qty": 9000},
        {"item": "LAMP", "qty": 900, "location": "YARD"},
    ],
}


def test_a_minimum_order_that_finds_no_room_is_told_with_its_days() -> None:
    """Eight lamps lie there, 40 come on day 5 and 18 leave: 15 m3, and 3 m3 are blocked. On day 9 26 more leave."""
    demands = [{"demand": f"SO-{on}", "item": "LAMP", "qty": qty, "due": day(on)} for on, qty in ((5, 18), (9, 26))]
    factory = world(**LAMPS, demands=demands)
    made = planned(factory)
    assert bought(made) == {"LAMP": 40}
    ((place, message),) = exceptions(made, "location_full")
    assert place == "MAIN"
    assert message == (
        f"has too little room from {day(5)} on: 12 m3, and 18 m3 on the worst day, {day(5)}; "
        "too much lies there on 4 days"
    )
    ((_, message),) = exceptions(plan(factory, lang="zh"), "location_full")
    assert message.startswith(f"{day(5)} 起放不下：容量 12 m³")


def test_safety_stock_takes_room_as_well() -> None:
    """Thirty lamps, 15 m3, are kept at MAIN for surprises: too much from the first day on."""
    factory = world(
        items=[{"item": "LAMP", "price": 9, "volume": "0.5", "safety_stock": 30}],
        locations=LAMPS["locations"],
        stock=[{"item": "LAMP", "qty": 30}],
    )
    ((place, message),) = exceptions(planned(factory), "location_full")
    assert (place, message.split(":")[0]) == ("MAIN", f"has too little room from {day(0)} on")


def test_a_place_with_room_enough_is_not_told() -> None:
    made = planned(world(**LAMPS, demands=[{"demand": "SO-1", "item": "LAMP", "qty": 8, "due": day(5)}]))
    assert exceptions(made, "location_full") == []


def test_orders_made_where_their_machine_does_not_stand_are_told() -> None:
    """Cups for EAST are made there, and the kiln stands at MAIN."""
    factory = world(
        items=[{"item": "CUP", "kind": "make", "price": 10}, {"item": "CLAY"}],
        bom=[{"parent": "CUP", "component": "CLAY", "qty": 1}],
        stock=[{"item": "CLAY", "qty": 9, "location": place} for place in ("MAIN", "EAST")],
        operations=[{"parent": "CUP", "seq": 10, "resource": "KILN", "run_minutes": 48}],
        resources=[{"resource": "KILN", "minutes_per_day": 480}],
        demands=[
            {"demand": f"SO-{place}", "item": "CUP", "qty": 3, "due": day(5), "location": place}
            for place in ("MAIN", "EAST")
        ],
    )
    assert exceptions(planned(factory), "resource_elsewhere") == [
        (
            "KILN",
            "stands at MAIN, and orders made at EAST need it (1): give EAST a resource of its own, "
            "or make them at MAIN and let a lane bring them",
        )
    ]
