"""What comes back: a schedule, how good it is known to be, and that in words."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from huoku.language import Language, Sentence
from huoku.sequence.floor import Schedule


class Told(NamedTuple):
    """A sentence with what it is about; a field may itself be told."""

    sentence: Sentence
    fields: dict[str, object]

    def say(self, lang: Language) -> str:
        said = {
            name: field.say(lang) if isinstance(field, Sentence | Told) else field
            for name, field in self.fields.items()
        }
        return self.sentence.say(lang, **said)


@dataclass(frozen=True)
class Answer:
    """A schedule and what is known about it.

    ``value`` is what was made small: minutes, weighted minutes, or operations moved. No schedule is below
    ``bound``. ``proved``: a solver has shown that none is better than this one.
    """

    schedule: Schedule
    objective: Literal["makespan", "tardiness", "moved"]
    value: int
    bound: int
    proved: bool
    told: tuple[Told, ...]

    @property
    def gap(self) -> float:
        """By what part of the value a better schedule could be better, at most."""
        return (self.value - self.bound) / self.value if self.value else 0.0


AMOUNTS = {
    "makespan": Sentence("全部完工于第 {value} 分钟", "all done by minute {value}"),
    "tardiness": Sentence("加权拖期 {value} 分钟", "weighted tardiness of {value} {value|minute|minutes}"),
    "moved": Sentence("移动 {value} 道工序", "{value} {value|operation|operations} moved"),
}


def amount(objective: Literal["makespan", "tardiness", "moved"], value: int) -> Told:
    """The value of an objective in words."""
    return Told(AMOUNTS[objective], {"value": value})
