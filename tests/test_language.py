"""Sentences: English says one day and two days, Chinese the same for both."""

import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from huoku.language import EITHER, Sentence
from huoku.plan.tell.words import filled

SOURCES = Path(__file__).resolve().parents[1] / "src" / "huoku"
NUMBER_OF_THINGS = re.compile(
    r"\{(\w+)(?::[^{}|]*)?\} ((?:more |new |further |other |open |working |blocked )*)([a-z]+)\b"
)
VERBS = {("who", "orders"), ("seq", "orders"), ("other", "counts")}
"""What somebody does, not how many."""
LATE = Sentence("晚 {days} 天：{why}", "{days:,} {days|day|days} late: {why}")


def written() -> Iterator[tuple[str, str]]:
    """Every line of ours that may hold a sentence; what is put together by f-strings is none."""
    for path in sorted(SOURCES.rglob("*")):
        if path.suffix in (".py", ".html") and "vendor" not in path.parts:
            for line in path.read_text("utf-8").splitlines():
                if not re.search(r"\bf[\"']", line):
                    yield path.relative_to(SOURCES).as_posix(), line


def test_one_day_is_no_days() -> None:
    assert LATE.say("en", days=1, why="no stock") == "1 day late: no stock"
    assert LATE.say("en", days=1_000, why="no stock") == "1,000 days late: no stock"
    assert LATE.say("en", days=0, why="no stock") == "0 days late: no stock"
    assert LATE.say("zh", days=1, why="没有货") == "晚 1 天：没有货"
    assert Sentence("", "{n} {n|row is|rows are} wrong").say("en", n="1") == "1 row is wrong"


def test_what_is_rounded_counts_as_it_is_written() -> None:
    about = Sentence("", "lay {months:.0f} {months:.0f|month|months}")
    assert (about.say("en", months=1.3), about.say("en", months=1.6)) == ("lay 1 month", "lay 2 months")


def test_a_column_of_sentences_has_the_right_words_in_each_row() -> None:
    late = Sentence("晚 {late} 天", "{late} {late|day|days} late")
    assert filled(late, "en", late=pl.Series(["1", "12"])).to_list() == ["1 day late", "12 days late"]


def test_a_number_before_a_word_that_is_counted_says_both_forms() -> None:
    lines = list(written())
    counted = {word for _, line in lines for found in EITHER.finditer(line) for word in found[4].split()[:1]}
    wrong = [
        (file, found[0])
        for file, line in lines
        for found in NUMBER_OF_THINGS.finditer(line)
        if found[3] in counted and found[3].endswith("s") and (found[1], found[3]) not in VERBS
    ]
    assert len(counted) > 40, "the sentences are not where this test looks for them"
    assert wrong == [], "write {n} {n|day|days}"
