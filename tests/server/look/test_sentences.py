"""What templates say stands in both languages, where it is said: no words outside a sentence."""

import re
from pathlib import Path

import pytest

import huoku.server.look

SERVER = Path(huoku.server.look.__file__).parents[1]
TEMPLATES = sorted(SERVER.rglob("templates/**/*.html"))
NAMES = {"活库 huoku", "中文", "English", "xlsx", "csv", "parquet", "Ctrl", "Esc"}
"""Names of things and keys, the same in every language."""
TAGS = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
SAID = re.compile(r"""{% say (['"])(.*?)\1 (['"])(.*?)\3""")
SPOKEN = re.compile(r"""(?:aria-label|title|placeholder|alt)=(['"])(.*?)\1""", re.DOTALL)
MARKUP = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->|<[^>]*>", re.DOTALL)
WORD = re.compile(r"[一-鿿]|[A-Za-z]{3,}")
CHINESE = re.compile(r"[一-鿿，。、：；！？（）]")


@pytest.mark.parametrize("template", TEMPLATES, ids=[path.name for path in TEMPLATES])
def test_no_word_stands_outside_a_sentence(template):
    text = TAGS.sub(" ", template.read_text("utf-8"))
    spoken = [said for _, said in SPOKEN.findall(text)]
    visible = [line.strip() for line in MARKUP.sub("\n", text).splitlines()] + spoken
    bare = [
        words
        for words in visible
        if WORD.search(words) and not any(words == name or words.strip("· ") == name for name in NAMES)
    ]
    assert bare == []


@pytest.mark.parametrize("template", TEMPLATES, ids=[path.name for path in TEMPLATES])
def test_a_sentence_is_chinese_first_and_then_english(template):
    for _, chinese, _, english in SAID.findall(template.read_text("utf-8")):
        assert CHINESE.search(chinese) and english and not CHINESE.search(english), (chinese, english)
