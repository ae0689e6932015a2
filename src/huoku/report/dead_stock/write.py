"""Write the dead stock, or the case for the boss, into a file of the kind that its name asks for."""

from pathlib import Path

from huoku.errors import UsageError
from huoku.language import Language, Sentence
from huoku.report.dead_stock.case import Case
from huoku.report.dead_stock.case_page import case_html
from huoku.report.dead_stock.case_words import case_paper
from huoku.report.dead_stock.page import dead_stock_html
from huoku.report.dead_stock.pdf import write_pdf
from huoku.report.dead_stock.workbook import write_case_workbook, write_dead_workbook
from huoku.report.whole import replaced_whole
from huoku.sense.review import DeadStock

OTHER_KIND = Sentence("{path}：请用扩展名 {kinds}", "{path}: end it in {kinds}")
LIST_KINDS, CASE_KINDS = (".html", ".xlsx"), (".html", ".xlsx", ".pdf")


def write_dead_stock(review: DeadStock, path: str | Path, lang: Language = "en") -> Path:
    """Write the list as one HTML page, or as a workbook where ``path`` ends in .xlsx; an older file is replaced whole.

    Raises UsageError for another ending.
    """
    path = known_kind(path, LIST_KINDS, lang)
    return (
        write_dead_workbook(review, path, lang)
        if _kind(path) == ".xlsx"
        else _text(path, dead_stock_html(review, lang))
    )


def write_case(case: Case, path: str | Path, lang: Language = "en") -> Path:
    """Write the case as one HTML page, a workbook (.xlsx) or a PDF; an older file is replaced whole.

    Raises UsageError for another ending, PdfMissing where a PDF lacks its library or a Chinese font.
    """
    path, paper = known_kind(path, CASE_KINDS, lang), case_paper(case, lang)
    if _kind(path) == ".pdf":
        return write_pdf(paper, path, case.review.factory.settings.today, lang)
    if _kind(path) == ".xlsx":
        return write_case_workbook(case, paper, path, lang)
    return _text(path, case_html(paper, lang))


def known_kind(path: str | Path, kinds: tuple[str, ...], lang: Language) -> Path:
    """The path, if its ending is one of ``kinds``; else UsageError."""
    if _kind(Path(path)) not in kinds:
        raise UsageError(OTHER_KIND.say(lang, path=path, kinds=" / ".join(kinds)))
    return Path(path)


def _kind(path: Path) -> str:
    return path.suffix.lower()


def _text(path: Path, html: str) -> Path:
    with replaced_whole(path) as fresh:
        fresh.write_text(html, encoding="utf-8")
    return path
