"""How names sound: Chinese names are found by their pinyin, 螺丝刀 by ``luosidao`` and by its initials ``lsd``."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product
from typing import Any, ClassVar

from django.db import models

from huoku.server.platform.kept import Kept
from huoku.server.platform.scope import EVERY_COMPANY, entered

ALSO_READ = {
    "便": ("bian", "pian"),
    "参": ("can", "shen"),
    "差": ("cha", "chai"),
    "长": ("chang", "zhang"),
    "朝": ("chao", "zhao"),
    "传": ("chuan", "zhuan"),
    "弹": ("tan", "dan"),
    "调": ("tiao", "diao"),
    "角": ("jiao", "jue"),
    "壳": ("ke", "qiao"),
    "乐": ("le", "yue"),
    "模": ("mo", "mu"),
    "圈": ("quan", "juan"),
    "盛": ("sheng", "cheng"),
    "行": ("xing", "hang"),
    "曾": ("zeng", "ceng"),
    "重": ("zhong", "chong"),
    "单": ("dan", "shan"),
}
"""Characters of the trade that are read in several ways, or often read wrongly out of their words: any is right."""
MOST_READINGS = 8
CHINESE, RUNS = re.compile("[一-鿿]"), re.compile("[一-鿿]+|[^一-鿿]+")


@lru_cache(maxsize=10_000)
def sounds_of(name: str) -> str:
    """Initials and syllables of a name in Latin letters, each after a blank; empty where nothing of it is Chinese.

    Letters and digits of the name count as they are: 螺丝 M6 sounds ``lsm6`` and ``luosim6``.
    """
    if not CHINESE.search(name):
        return ""
    found: dict[str, None] = {}
    for syllables in islice(_readings(name), MOST_READINGS):
        found["".join(each if is_latin else each[:1] for each, is_latin in syllables)] = None
        found["".join(each for each, _ in syllables)] = None
    return "".join(f" {each}" for each in found)


def as_typed(text: str) -> str:
    """What somebody typed, as sounds are written; empty where it can be no sound."""
    return "" if CHINESE.search(text) else _latin(text)


def _readings(name: str) -> Iterator[tuple[tuple[str, bool], ...]]:
    """The reading by the words of the name first, then the others that its characters have; each piece with whether it
    was in Latin letters already."""
    from pypinyin import lazy_pinyin  # a third of a second, for whoever writes Chinese names

    ways = []
    for run in RUNS.findall(name):
        if not CHINESE.match(run):
            ways.append([(_latin(run), True)])
            continue
        by_words = lazy_pinyin(run)
        if len(by_words) != len(run):  # a character that the dictionary does not know
            by_words = ["".join(lazy_pinyin(character)) for character in run]
        for character, sound in zip(run, by_words, strict=True):
            ways.append([(each, False) for each in dict.fromkeys((sound, *ALSO_READ.get(character, ())))])
    return product(*ways)


def _latin(text: str) -> str:
    return re.sub("[^a-z0-9]", "", text.lower())


class Sounding(Kept):
    """Rows with a ``name`` that are found by how it sounds, too."""

    derived: ClassVar[tuple[str, ...]] = ("sound",)

    sound = models.TextField(blank=True, editable=False, help_text="How the name sounds; follows from it.")

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sound = sounds_of(self.name)  # type: ignore[attr-defined]
        super().save(*args, **kwargs)


def sound_all(apps: Any, schema_editor: Any, *, app_label: str, model_name: str) -> None:
    """For a migration: fill in the sounds of the names that are there already."""
    rows = apps.get_model(app_label, model_name)._base_manager
    with entered(EVERY_COMPANY):
        for row in rows.exclude(name="").only("name").iterator():
            if sound := sounds_of(row.name):
                rows.filter(pk=row.pk).update(sound=sound)
