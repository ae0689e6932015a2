"""One page as a file that opens without a network: its head, its one style sheet, and nothing that runs."""

import base64
import hashlib

from huoku.language import Language
from huoku.report.drawing import chart_style, style
from huoku.report.markup import Html, el, void

LANGUAGE_CODES = {"zh": "zh-CN", "zh-hant": "zh-Hant", "en": "en"}


def document(title: str, *body: object, lang: Language) -> str:
    """The whole page as text."""
    sheet = chart_style() + style("report.css")
    # Nothing may be fetched and no script may run; the one style sheet is let in by its hash.
    allowed = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'"
    head = el(
        "head",
        void("meta", charset="utf-8"),
        void("meta", http_equiv="Content-Security-Policy", content=policy),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="color-scheme", content="light dark"),
        el("title", title),
        el("style", Html(sheet)),
    )
    return f"<!doctype html>\n{el('html', head, el('body', *body, cls='hk'), lang=LANGUAGE_CODES[lang])}\n"
