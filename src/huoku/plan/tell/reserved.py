"""What reservations cost others: a late demand while stock of what it lacks is kept for somebody else."""

import polars as pl

from huoku.buy.terms import Ints
from huoku.language import Language, Sentence
from huoku.plan.decide.promise import Promises
from huoku.plan.model.build import Case
from huoku.plan.model.families import PIECE
from huoku.plan.tell.words import quantities, rows

NAMED = 3
"""So many holders are named."""

KEPT = Sentence("；有 {qty} {unit} {item} 已为 {holders} 预留", "; {qty} {unit} of {item} are reserved for {holders}")
ELSEWHERE = Sentence(
    "缺 {short} {unit} {item}，而 {location} 有 {qty} {unit} 已为 {holders} 预留：可以商量让出",
    "{short} {unit} of {item} short, while {qty} {unit} at {location} are reserved for {holders}: ask for them",
)
MORE = Sentence(" 等 {count} 个", " and {count} more")
KEPT_SCHEMA = {
    "claim": pl.Int64(),
    "item": pl.Int64(),
    "short": pl.Int64(),
    "qty": pl.Int64(),
    "location": pl.String(),
    "holders": pl.List(pl.String),
}


def kept_for_others(case: Case, promises: Promises, claims: Ints) -> pl.DataFrame:
    """Of the given late claims those that lack an item of which others hold stock at that place.

    Columns: claim, item (number), short, qty (steps), location, holders (names, the largest holding first).
    """
    held = _held(case)
    if not held:
        return pl.DataFrame(schema=KEPT_SCHEMA)
    found = []
    places = case.model.locations
    names, locations = case.numbering.items["item"], case.numbering.locations
    table = case.claiming.table
    for claim in claims.tolist():
        node = int(promises.blocker[claim])
        if node < 0:
            continue
        of_others = held.get((names[node // places], node % places), {})
        others = [(-qty, holder) for holder, qty in of_others.items() if holder != table["name"][claim]]
        if others:
            holders = [holder for _, holder in sorted(others)]
            short = int(promises.blocker_short[claim])
            total = -sum(qty for qty, _ in others)
            found.append((claim, node // places, short, total, locations[node % places], holders))
    return pl.DataFrame(found, schema=KEPT_SCHEMA, orient="row")


def _held(case: Case) -> dict[tuple[str, int], dict[str, int]]:
    """Steps held at the start, by item and place, and by demand."""
    numbering, places = case.numbering, case.model.locations
    demand = {at: row.demand for row, at in numbering.rows.items() if row.role == PIECE and row.demand}
    held: dict[tuple[str, int], dict[str, int]] = {}
    if demand:
        table = case.incoming.table
        for node, qty in table.select("node", "qty").iter_rows():
            holder = demand.get(node // places)
            if holder is not None:
                of_item = held.setdefault((numbering.items["item"][node // places], node % places), {})
                of_item[holder] = of_item.get(holder, 0) + qty
    return held


def said(case: Case, kept: pl.DataFrame, sentence: Sentence, lang: Language) -> pl.Series:
    """The sentence for each row of ``kept_for_others``."""
    item = kept["item"].to_numpy()
    steps = case.numbering.steps[item]
    names, units = case.numbering.items["item"][item], case.numbering.items["unit"][item]
    short, qty = quantities(kept["short"].to_numpy(), steps), quantities(kept["qty"].to_numpy(), steps)
    return pl.Series(
        [
            sentence.say(
                lang,
                item=names[at],
                unit=units[at],
                short=short[at],
                qty=qty[at],
                location=kept["location"][at],
                holders=_listed(kept["holders"][at].to_list(), lang),
            )
            for at in range(kept.height)
        ],
        dtype=pl.String,
    )


def _listed(holders: list[str], lang: Language) -> str:
    rest = len(holders) - NAMED
    return ", ".join(holders[:NAMED]) + (MORE.say(lang, count=rest) if rest > 0 else "")


def with_what_is_kept(case: Case, promises: Promises, claims: Ints, reasons: pl.Series, lang: Language) -> pl.Series:
    """The reasons of late claims, with what others hold of the item that is short."""
    kept = kept_for_others(case, promises, claims)
    if kept.is_empty():
        return reasons
    told = dict(zip(kept["claim"].to_list(), said(case, kept, KEPT, lang).to_list(), strict=True))
    return pl.Series([text + told.get(claim, "") for claim, text in zip(claims.tolist(), reasons, strict=True)])


def reserved_elsewhere(case: Case, promises: Promises, late: Ints, lang: Language) -> list[pl.DataFrame]:
    """The exceptions ``reserved_elsewhere``; ``late``: the late claims that are demands."""
    kept = kept_for_others(case, promises, late)
    if kept.is_empty():
        return []
    subject = case.claiming.table["name"][kept["claim"].to_numpy()]
    return [rows("info", "reserved_elsewhere", subject, said(case, kept, ELSEWHERE, lang))]
