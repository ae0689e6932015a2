"""Fetches the web files of others that huoku's pages load, through npm, and writes their sums beside their names.

``python tools/vendor.py`` needs npm, and is run by whoever raises a version in ``look/vendored.toml``. Nobody else
needs it: the files are committed, and a test holds them against their sums.
"""

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

LOOK = Path(__file__).resolve().parents[1] / "src" / "huoku" / "server" / "look"
LIST, FILES = LOOK / "vendored.toml", LOOK / "static" / "vendor"
SOURCE_MAP = re.compile(rb"\s*(//# sourceMappingURL=\S+|/\*# sourceMappingURL=\S+ \*/)\s*$")
"""A map of the source is not served, so that nothing may ask for it."""


def unpacked(package: str, version: str, into: Path) -> Path:
    """The folder of an npm package as it was published."""
    told = subprocess.run(
        ["npm", "pack", f"{package}@{version}", "--silent"], cwd=into, check=True, capture_output=True, text=True
    )
    folder = into / f"{package.replace('/', '-')}-{version}"
    with tarfile.open(into / told.stdout.split()[-1]) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def content(entry: dict[str, Any], package: Path) -> bytes:
    """What is served of a package: one file, or a sheet of symbols made of many."""
    if "icons" in entry:
        return sheet(package / entry["source"], entry["icons"])
    return SOURCE_MAP.sub(b"\n", (package / entry["source"]).read_bytes())


def sheet(folder: Path, names: list[str]) -> bytes:
    """Symbols ``#NAME`` in one SVG, without the attributes that the style sheet sets for all."""
    symbols = []
    for name in names:
        drawing = (folder / f"{name}.svg").read_text(encoding="utf-8")
        inner = re.sub(r"\s+", " ", drawing[drawing.index(">", drawing.index("<svg")) + 1 : drawing.rindex("</svg>")])
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inner.strip()}</symbol>')
    return ('<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n").encode()


def main() -> int:
    text = LIST.read_text(encoding="utf-8")
    text = re.sub(r'^sha256 = ".*"\n', "", text, flags=re.MULTILINE)
    FILES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        packages: dict[tuple[str, str], Path] = {}
        for entry in tomllib.loads(text)["file"]:
            named = entry["package"], entry["version"]
            if named not in packages:
                packages[named] = unpacked(*named, Path(scratch))
            found = content(entry, packages[named])
            (FILES / entry["path"]).write_bytes(found)
            path = f'path = "{entry["path"]}"\n'
            text = text.replace(path, f'{path}sha256 = "{hashlib.sha256(found).hexdigest()}"\n')
            print(f"{entry['path']}: {entry['package']} {entry['version']}, {len(found)} bytes")
    LIST.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
