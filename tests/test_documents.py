"""The documents keep their word: links lead somewhere, examples run, the two commands are told."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md")])
READMES = ("README.md", "README.zh.md")

LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)

named = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())


def text_of(document: Path) -> str:
    return document.read_text("utf-8")


def links(document: Path) -> Iterator[tuple[Path, str]]:
    """Where the links of a document lead to: the file, and the part of it."""
    for link in LINK.findall(FENCED.sub("", text_of(document))):
        if "://" not in link:
            path, _, part = link.partition("#")
            yield (document.parent / path if path else document), part


def parts(document: Path) -> set[str]:
    """The names under which the headings of a document can be linked to."""
    headings = HEADING.findall(FENCED.sub("", text_of(document)))
    kept = ("".join(c for c in heading.lower() if c in " -_" or _is_word(c)) for heading in headings)
    return {heading.replace(" ", "-") for heading in kept}


def _is_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"


@named
def test_every_link_leads_somewhere(document: Path) -> None:
    for target, part in links(document):
        assert target.exists(), f"{document.name}: {target.relative_to(ROOT)} is not there"
        assert not part or part in parts(target), f"{document.name}: no heading #{part} in {target.name}"


@named
def test_the_python_in_a_document_runs(document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The blocks of one document run one after the other, as a reader would type them."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in PYTHON.findall(text_of(document)):
        exec(compile(block, document.name, "exec"), names)


@pytest.mark.parametrize("readme", READMES)
def test_a_readme_tells_the_two_commands_and_shows_a_picture(readme: str) -> None:
    text = text_of(ROOT / readme)
    assert "python3 run.py demo" in text and "python3 run.py test" in text
    assert "](docs/pictures/" in text
    assert PYTHON.search(text)


def test_both_readmes_link_the_same_documents() -> None:
    """Or the same in the other language, such as running.md and running.zh.md, buying.en.webp and buying.zh.webp."""

    def linked(readme: str) -> set[str]:
        named = (str(target.resolve()) for target, _ in links(ROOT / readme))
        return {name.replace(".zh.md", ".md").replace(".zh.", ".en.") for name in named}

    english, chinese = map(linked, READMES)
    assert chinese - {str(ROOT / "README.md")} == english - {str(ROOT / "README.md")}


def test_every_decision_is_listed_and_says_how_to_undo_it() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    listed = [target.name for target, _ in links(ROOT / "docs" / "decisions" / "README.md")]
    assert listed == [page.name for page in pages]
    for number, page in enumerate(pages, 1):
        text = text_of(page)
        assert text.startswith(f"# {number}. ") and page.name.startswith(f"{number:04}-"), page.name
        for said in ("**Context.**", "**Decision.**", "**Why.**", "**What it costs.**", "**How to undo it.**"):
            assert said in text, f"{page.name}: {said}"


def test_every_spec_is_linked_from_the_readme() -> None:
    linked = {target.resolve() for target, _ in links(ROOT / "README.md")}
    assert set((ROOT / "docs" / "specs").glob("*.md")) <= linked


@named
def test_a_file_that_a_document_names_is_there(document: Path) -> None:
    """Paths in code marks, such as `plan/netting.py`, relative to the project, the library or the server."""
    homes = (ROOT, ROOT / "src" / "huoku", ROOT / "src" / "huoku" / "server", ROOT / "tests" / "server")
    for path in re.findall(r"`([\w/]+/\w+\.(?:py|toml|md))`", text_of(document)):
        assert any((home / path).exists() for home in homes), f"{document.name}: {path}"


SHOWN = {"days.md": r"(?<!\*)\*([^*]+)\*(?!\*)", "days.zh.md": "“([^”]+)”"}
"""The days of those who work here: how what stands on pages is marked, in each language."""


@pytest.mark.parametrize("guide", SHOWN)
def test_what_the_guide_calls_a_button_or_a_page_is_what_the_pages_call_it(guide: str) -> None:
    said = [path.read_text("utf-8").lower() for kind in ("html", "py") for path in (ROOT / "src").rglob(f"*.{kind}")]
    source = "\n".join(said)
    named = {
        " ".join(each.split()).lower() for each in re.findall(SHOWN[guide], text_of(ROOT / "docs" / "guide" / guide))
    }
    named -= {"like this", "这样"}
    assert len(named) > 50
    forms = ('"{}"', "'{}'", '"{}:', '"{}：')
    unknown = {each for each in named if not any(form.format(each) in source for form in forms)}
    assert {each for each in unknown if f'"{each.replace(" ", "_")}"' not in source} == set()
