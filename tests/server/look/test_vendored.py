"""The web files of others: what is served is what was fetched, and no page asks another host for anything."""

import hashlib
import re
import tomllib
from pathlib import Path

import huoku.server.look

LOOK = Path(huoku.server.look.__file__).parent
FILES = LOOK / "static" / "vendor"
LISTED = tomllib.loads((LOOK / "vendored.toml").read_text("utf-8"))["file"]
ADDRESS = re.compile(r"(?:src|href|action)=[\"']\s*(?:https?:)?//|@import|url\([\"']?(?:https?:)?//", re.IGNORECASE)


def test_every_vendored_file_is_listed_with_version_licence_and_its_sum():
    assert {path.name for path in FILES.iterdir()} == {entry["path"] for entry in LISTED}
    for entry in LISTED:
        assert hashlib.sha256((FILES / entry["path"]).read_bytes()).hexdigest() == entry["sha256"], entry["path"]
        assert re.fullmatch(r"\d+\.\d+\.\d+", entry["version"]) and entry["licence"], entry["path"]


def test_every_icon_that_a_page_draws_is_in_the_sheet():
    sheet = (FILES / "icons.svg").read_text("utf-8")
    there = set(re.findall(r'<symbol id="([a-z0-9-]+)"', sheet))
    drawn = {
        name
        for template in LOOK.parent.rglob("templates/**/*.html")
        for name in re.findall(r'{% icon "([a-z0-9-]+)" %}', template.read_text("utf-8"))
    }
    assert drawn and drawn <= there, drawn - there


def test_no_style_sheet_and_no_template_leads_to_another_host():
    own = [*LOOK.parent.rglob("templates/**/*.html"), *LOOK.parent.rglob("static/**/*.css")]
    assert {path.name for path in own if ADDRESS.search(path.read_text("utf-8"))} == set()


def test_old_browsers_of_factory_machines_understand_every_colour():
    """Windows 7 ends with a browser of 2023, which knows neither oklch() nor color-mix()."""
    sheets = list(LOOK.parent.rglob("static/**/*.css"))
    modern = re.compile(r"oklch\(|color-mix\(|light-dark\(")
    assert {path.name for path in sheets if modern.search(path.read_text("utf-8"))} == set()
