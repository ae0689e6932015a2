"""What items are called: the name in the plan's language where the factory gives one."""

from collections.abc import Iterable

import polars as pl

from huoku.factory import Factory
from huoku.language import Language


def item_names(factory: Factory, lang: Language) -> pl.DataFrame:
    """Columns item, name (text, empty where none is given), unit. English names stand in a column ``name_en``."""
    items = factory.items
    name = pl.coalesce("name_en", "name") if lang == "en" and "name_en" in items.columns else pl.col("name")
    return items.select("item", name=name.fill_null(""), unit="unit")


def names_of(factory: Factory, lang: Language, items: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Name and unit of each of some items."""
    wanted = pl.DataFrame({"item": sorted(set(items))}, schema={"item": pl.String})
    found = item_names(factory, lang).join(wanted, on="item", how="semi")
    return {item: (name, unit) for item, name, unit in found.iter_rows()}
