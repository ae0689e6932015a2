"""Changes of a day at random: demands, supplies, counts, machines, terms; the same for the same seed."""

import random
from datetime import date, timedelta

from huoku.factory import Factory


def changed(rng: random.Random, factory: Factory) -> Factory:
    """The factory after one change of a kind that it has."""
    kinds = [new_demand, other_quantity, other_day, other_rank]
    kinds += [other_terms] * (factory.sources.height > 0)
    kinds += [cancelled] * (factory.demands.height > 1)
    kinds += [other_supply] * (factory.supplies.height > 0)
    kinds += [counted] * (factory.stock.height > 0 and factory.reservations.is_empty())
    kinds += [machine_down] * (factory.resources.height > 0)
    return rng.choice(kinds)(rng, factory)


def soon(rng: random.Random, factory: Factory) -> date:
    return factory.settings.today + timedelta(rng.randint(0, 12))


def new_demand(rng: random.Random, factory: Factory) -> Factory:
    like = rng.choice(factory.demands.to_dicts())
    name = f"NEW-{factory.demands.height}-{rng.randint(0, 999)}"
    return factory.with_rows(
        {"demands": [{**like, "demand": name, "qty": rng.randint(1, 8), "due": soon(rng, factory)}]}
    )


def some_demand(rng: random.Random, factory: Factory) -> str:
    return str(rng.choice(factory.demands["demand"].to_list()))


def other_quantity(rng: random.Random, factory: Factory) -> Factory:
    return factory.with_values({f"demands.{some_demand(rng, factory)}.qty": rng.randint(1, 10)})


def other_day(rng: random.Random, factory: Factory) -> Factory:
    return factory.with_values({f"demands.{some_demand(rng, factory)}.due": soon(rng, factory)})


def other_rank(rng: random.Random, factory: Factory) -> Factory:
    return factory.with_values({f"demands.{some_demand(rng, factory)}.priority": rng.choice((1, 3, 5))})


def cancelled(rng: random.Random, factory: Factory) -> Factory:
    """What was reserved for the demand is free again."""
    name = some_demand(rng, factory)
    reserved = [row for row in factory.reservations.to_dicts() if row["demand"] != name]
    demands = [row for row in factory.demands.to_dicts() if row["demand"] != name]
    return factory.with_(demands=demands, reservations=reserved)


def other_supply(rng: random.Random, factory: Factory) -> Factory:
    name = rng.choice(factory.supplies["supply"].to_list())
    column, value = rng.choice((("due", soon(rng, factory)), ("qty", rng.randint(1, 12))))
    return factory.with_values({f"supplies.{name}.{column}": value})


def counted(rng: random.Random, factory: Factory) -> Factory:
    rows = factory.stock.to_dicts()
    rng.choice(rows)["qty"] = rng.randint(1, 12)
    return factory.with_(stock=rows)


def machine_down(rng: random.Random, factory: Factory) -> Factory:
    """For three days, as far as nothing is said of them yet."""
    machine, first = rng.choice(factory.resources["resource"].to_list()), soon(rng, factory)
    known = factory.calendar.filter(resource=machine)["date"].to_list()
    days = [first + timedelta(n) for n in range(3)]
    down = [{"date": on, "open": "false", "resource": machine} for on in days if on not in known]
    return factory.with_rows({"calendar": down})


def other_terms(rng: random.Random, factory: Factory) -> Factory:
    row = rng.choice(factory.sources.to_dicts())
    terms = (("price", rng.choice((1, 2, 4))), ("lead_time_days", rng.randint(0, 9)), ("moq", rng.randint(1, 9)))
    column, value = rng.choice(terms)
    return factory.with_values({f"sources.{row['item']}/{row['supplier']}.{column}": value})
