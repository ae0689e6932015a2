"""What every part of the report is built of: panels, marks, grades, items with their names."""

from dataclasses import dataclass

from huoku.factory import Settings
from huoku.language import Language, Sentence
from huoku.plan import Plan
from huoku.report.markup import Column, Html, Kind, el, join
from huoku.report.numbers import day, money, share

GRADES = {1: "L", 2: "M", 3: "H", 4: "E"}
MARKS = {"error": "R", "warning": "O", "info": "N"}
NOTHING_HERE = Sentence("没有。", "Nothing here.")


@dataclass(frozen=True, slots=True)
class Voice:
    """What every part needs to know: the language, how figures are written, and what items are called."""

    settings: Settings
    lang: Language
    names: dict[str, tuple[str, str]]

    def say(self, sentence: Sentence, **fields: object) -> str:
        return sentence.say(self.lang, **fields)

    def columns(self, *titles: tuple[Sentence, Kind]) -> list[Column]:
        return [Column(self.say(title), kind) for title, kind in titles]

    def money(self, value: float | None, *, cents: bool = False) -> str:
        return money(value, self.settings.currency, cents=cents)

    def day(self, value: object) -> str:
        return day(value, self.settings.today)  # type: ignore[arg-type]

    def item(self, code: str) -> Html:
        """An item's code and name, one above the other."""
        name = self.names.get(code, ("", ""))[0]
        return join([el("b", code, cls="code"), el("small", name) if name else None])

    def unit(self, code: str) -> str:
        return self.names.get(code, ("", ""))[1]


@dataclass(frozen=True, slots=True)
class Page(Voice):
    """What the parts of a plan's page need to know."""

    plan: Plan


def panel(page: Voice, key: str, title: Sentence, question: Sentence, *inner: object, aside: str | None = None) -> Html:
    """A part with its title, the question it answers, and the total at the right."""
    head = el(
        "header",
        el("h2", page.say(title)),
        el("p", page.say(question), cls="sm mut"),
        el("span", aside, cls="r") if aside else None,
    )
    body = inner if any(part is not None for part in inner) else (el("p", page.say(NOTHING_HERE), cls="pad mut"),)
    return el("section", head, *body, cls="panel", id=key)


def remark(words: str | None) -> Html | None:
    """A line below a table: what is not shown, or how to read it."""
    return el("p", words, cls="more") if words else None


def mark(severity: str) -> Html:
    """The level of a case: shape and letter first, colour last."""
    letter = MARKS.get(severity, "N")
    return el("i", letter, cls=f"mk {letter}", aria_hidden="true")


def grade(level: int, part: float) -> Html:
    """The excess grade: one to four bars, a letter, the share."""
    return el("span", el("i", cls=f"v{level}"), el("b", GRADES[level]), f" {share(part)}", cls=f"lv v{level}")


def why(summary: object, inner: object) -> Html:
    """A figure that explains itself: a dotted line below it, the reason opens on a click."""
    return el("details", el("summary", summary), el("div", inner, cls="pop"), cls="why")
