"""Operations that somebody put on a day by hand, and that cannot begin on it."""

import polars as pl

from huoku.language import Language, Sentence
from huoku.plan.model.build import Case
from huoku.plan.model.shop import fixed_rows
from huoku.plan.tell.words import filled, rows

MOVED = Sentence(
    "{item} 的工序 {seq} 人工排在 {day}，但最早 {begins} 才能做：{resource} 那时没有空、上一道工序没做完，或者料没到",
    "operation {seq} of {item} is fixed on {day}, but begins on {begins}: before it {resource} has no minutes free, "
    "the operation before it is not done, or components are missing",
)
NO_DAY = Sentence(
    "{item} 的工序 {seq} 人工排在 {day}，但计划期内做不了",
    "operation {seq} of {item} is fixed on {day}, but cannot be done by the last day",
)


def fixed_work_moved(case: Case, open_work: pl.DataFrame, lang: Language) -> list[pl.DataFrame]:
    """``open_work``: the table of this name, as it is planned in the end."""
    if case.factory.fixed_work.is_empty():
        return []
    fixed = fixed_rows(case.factory, case.numbering)
    if fixed.is_empty():
        return []
    supplies = case.factory.supplies[fixed["supply_row"].to_numpy()]
    first = open_work.group_by("supply", "seq").agg(begins=pl.col("date").min())
    told = fixed.select("seq", "resource", supply=supplies["supply"], item=supplies["item"], day=pl.col("date"))
    told = told.join(first, on=["supply", "seq"], how="left", maintain_order="left")
    told = told.filter(
        ~(pl.col("begins") <= pl.max_horizontal("day", pl.lit(case.factory.settings.today))).fill_null(False)
    )
    said = told.select(pl.col("item", "seq", "resource", "day", "begins").cast(pl.String)).to_dict()
    never = told["begins"].is_null()
    message = filled(MOVED, lang, **said).zip_with(~never, filled(NO_DAY, lang, **said))
    return [rows("warning", "fixed_work_moved", told["supply"], message)]
