"""A picture of every screen for the guide, by the test that examines them: ``python3 run.py pictures``

    python3 run.py pictures                 every screen; pages and pictures in docs/guide/screens are renewed
    python3 run.py pictures today items     these alone
    python3 run.py pictures --keep FOLDER   keep the pictures in full size too, to look at them one by one

A demo company with two weeks behind it is founded and served. Each screen is opened in Chinese and in English, on a
desk and on a telephone, light and dark, and examined (readable, no wider than its window, nothing too small to touch).
Nothing is renewed where a screen fails. The eight pictures of a screen become one sheet, so that all stay small.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.browser.gallery import page_of

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ROOT / "docs" / "guide" / "screens"
SINGLE = {
    ROOT / "docs" / "guide" / "pictures": {
        "today": ("today", "desk"),
        "quotation": ("quotation-of", "desk"),
        "pegging": ("pegging-of", "desk"),
        "bill": ("bill", "desk"),
        "kitting": ("shop-kitting", "desk"),
        "shortage": ("shortage", "desk"),
        "picking": ("walk", "phone"),
        "operation": ("operation", "phone"),
    },
}
"""Pictures that stand alone in the guide: the screen, and on what. Light, one for each language."""
VARIANTS = tuple(
    f"{size}-{language}-{theme}"
    for size in ("desk", "phone")
    for language in ("zh", "en")
    for theme in ("light", "dark")
)
DESK, TELEPHONE, GAP = (576, 360), (166, 360), 8
"""How large one picture is on a sheet: enough to find one's way. --keep keeps them in full size."""
QUALITY = 22


def main(arguments: list[str]) -> int:
    asked = argparse.ArgumentParser(prog="run.py pictures", description=(__doc__ or "").partition("\n\n")[0])
    asked.add_argument("names", nargs="*", metavar="NAME", help="only these screens")
    asked.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the pictures in full size there")
    asked.add_argument(
        "--works", type=Path, metavar="FOLDER", help="found the demo company there, or take the one there"
    )
    given = asked.parse_args(arguments)
    with tempfile.TemporaryDirectory() as emptied:
        taken = (given.keep or Path(emptied)).resolve()
        if failed := _take(taken, (given.works or Path(emptied) / "works").resolve(), given.names):
            return failed
        names = sorted(folder.name for folder in taken.iterdir() if (folder / "words-en.json").exists())
        if unknown := set(given.names) - set(names):
            print(f"没有这些页面 / no such screens: {', '.join(sorted(unknown))}", file=sys.stderr)
            return 2
        _renew(taken, names, all_of_them=not given.names)
    print(f"{len(names)} · {SCREENS.relative_to(ROOT)}")
    return 0


def _take(into: Path, works: Path, names: list[str]) -> int:
    """Have the tests open and examine the screens, one of them found the company; the exit code of the tests."""
    into.mkdir(parents=True, exist_ok=True)
    told = {"HUOKU_PICTURES": str(into), "HUOKU_SCREENS": " ".join(names), "HUOKU_WORKS": str(works)}
    tests = [sys.executable, "-m", "pytest", "-q", "tests/browser/test_screens.py"]
    for what in (["-n", "0", "-k", "is_there"], ["-n", "2", "-k", "every_screen", "--dist", "worksteal"]):
        if failed := subprocess.call([*tests, *what], cwd=ROOT, env={**os.environ, **told}):
            return failed
    return 0


def _renew(taken: Path, names: list[str], all_of_them: bool) -> None:
    """Sheets of ``names``, the page that shows them, and the pictures that stand alone."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    told = {} if all_of_them else json.loads((SCREENS / "words.json").read_text("utf-8"))
    for name in names:
        told[name] = {of: json.loads((taken / name / f"words-{of}.json").read_text("utf-8")) for of in ("zh", "en")}
        sheet_of(taken / name).save(SCREENS / f"{name}.webp", quality=QUALITY, method=4)
    for orphan in {path.stem for path in SCREENS.glob("*.webp")} - set(told):
        (SCREENS / f"{orphan}.webp").unlink()
    (SCREENS / "words.json").write_text(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    (SCREENS / "README.md").write_text(page_of(told), "utf-8")
    for folder, wanted in SINGLE.items():
        for called, (name, size) in wanted.items():
            if name in names:
                for language in ("zh", "en"):
                    _alone(taken / name / f"{size}-{language}-light.webp", folder / f"{called}.{language}.webp")


def sheet_of(folder: Path) -> Any:
    """The eight pictures of one screen beside one another: above light, below dark; desks, then telephones."""
    from PIL import Image

    wide = 2 * (DESK[0] + TELEPHONE[0]) + 3 * GAP
    sheet = Image.new("RGB", (wide, 2 * DESK[1] + GAP), "#8a93a1")
    for variant in VARIANTS:
        size, language, theme = variant.split("-")
        room = DESK if size == "desk" else TELEPHONE
        left = (language == "en") * (room[0] + GAP) + (size == "phone") * 2 * (DESK[0] + GAP)
        with Image.open(folder / f"{variant}.webp") as drawn:
            small = drawn.convert("RGB").resize(room, Image.Resampling.LANCZOS)
            sheet.paste(small, (left, (theme == "dark") * (room[1] + GAP)))
    return sheet


def _alone(of: Path, to: Path) -> None:
    from PIL import Image

    with Image.open(of) as drawn:
        drawn.convert("RGB").save(to, quality=70, method=6)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
