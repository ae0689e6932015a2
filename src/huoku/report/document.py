"""One HTML file that needs nothing else: its style inside, no script, nothing fetched."""

import base64
import hashlib
from importlib.resources import files

from huoku.language import Language
from huoku.report.drawing import chart_style
from huoku.report.markup import Html, el, void

LANGUAGE_CODES = {"zh": "zh-CN", "en": "en"}


def document(title: str, body: Html, lang: Language) -> str:
    """The whole page as text."""
    style = chart_style() + files("huoku.report").joinpath("report.css").read_text("utf-8")
    # Nothing may be fetched and no script may run; the one style sheet is let in by its hash.
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'"
    head = el(
        "head",
        void("meta", charset="utf-8"),
        void("meta", http_equiv="Content-Security-Policy", content=policy),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="color-scheme", content="light dark"),
        el("title", title),
        el("style", Html(style)),
    )
    return f"<!doctype html>\n{el('html', head, el('body', body, cls='hk'), lang=LANGUAGE_CODES[lang])}\n"
