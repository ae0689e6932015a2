"""How somebody wants pages to look: kept in a cookie of the browser, so that a page is right from its first paint."""

from dataclasses import dataclass

from django.http import HttpRequest

from huoku.language import Sentence

COOKIE = "look"
CHOICES: dict[str, tuple[Sentence, dict[str, Sentence]]] = {
    "theme": (
        Sentence("主题", "Theme"),
        {
            "light": Sentence("浅色", "Light"),
            "dark": Sentence("深色", "Dark"),
            "contrast": Sentence("高对比", "High contrast"),
        },
    ),
    "density": (
        Sentence("行距", "Density"),
        {
            "compact": Sentence("紧凑", "Compact"),
            "normal": Sentence("标准", "Normal"),
            "comfortable": Sentence("宽松", "Roomy"),
        },
    ),
    "scale": (
        Sentence("字号", "Text size"),
        {
            "small": Sentence("小", "Small"),
            "normal": Sentence("中", "Normal"),
            "large": Sentence("大", "Large"),
            "huge": Sentence("特大", "Huge"),
        },
    ),
}
"""What can be chosen; the first of each is what the style sheets call by that name in ``data-`` attributes."""


@dataclass(frozen=True, slots=True)
class Look:
    """``theme`` is empty where the browser's own wish is to count."""

    theme: str = ""
    density: str = "normal"
    scale: str = "normal"


def look_of(request: HttpRequest) -> Look:
    """What the cookie says, ``theme.density.scale``; anything else in it counts for nothing."""
    said = dict(zip(CHOICES, request.COOKIES.get(COOKIE, "").split("."), strict=False))
    return Look(**{name: value for name, value in said.items() if value in CHOICES[name][1]})
