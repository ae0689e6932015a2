"""What items are called: the name in the plan's language where the factory gives one; and names nearly like one."""

from collections.abc import Iterable
from difflib import get_close_matches

import polars as pl

from huoku.factory import Factory
from huoku.language import Language, Sentence

NEAR = Sentence("；相近的有：{near}", "; near names: {near}")
COMPARED = 2_000
"""So many names are compared letter by letter with one that is not known."""


def item_names(factory: Factory, lang: Language) -> pl.DataFrame:
    """Columns item, name (text, empty where none is given), unit. English names stand in a column ``name_en``."""
    return _named(factory.items, lang)


def _named(items: pl.DataFrame, lang: Language) -> pl.DataFrame:
    name = pl.coalesce("name_en", "name") if lang == "en" and "name_en" in items.columns else pl.col("name")
    return items.select("item", name=name.fill_null(""), unit="unit")


def names_of(factory: Factory, lang: Language, items: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Name and unit of each of some items."""
    wanted = pl.DataFrame({"item": sorted(set(items))}, schema={"item": pl.String})
    found = _named(factory.items.join(wanted, on="item", how="semi"), lang)
    return {item: (name, unit) for item, name, unit in found.iter_rows()}


def near_names(known: pl.Series, asked: str, lang: Language) -> str:
    """The end of a sentence about a name that is not known: up to three that are nearly like it, or nothing."""
    names = known.rename("name").to_frame().unique(maintain_order=True)
    alike = pl.col("name").str.to_lowercase()
    asked = asked.strip().lower()
    longer = (alike.str.len_chars().cast(pl.Int64) - len(asked)).abs()
    starts = names.filter(alike.str.starts_with(asked[:2]) & (longer <= 2))
    inside = names.filter(alike.str.contains(asked, literal=True))
    candidates = pl.concat([inside, starts]).head(COMPARED)["name"].to_list()
    by_lower = {name.lower(): name for name in reversed(candidates)}
    near = get_close_matches(asked, by_lower, n=3, cutoff=0.6) or [name.lower() for name in inside["name"].head(3)]
    return NEAR.say(lang, near=", ".join(by_lower[name] for name in near)) if near else ""
