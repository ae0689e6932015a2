"""A short paper as a PDF of one or two pages. The one place that knows fpdf2: the optional extra ``pdf``."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from huoku.errors import UsageError
from huoku.language import Language, Sentence
from huoku.report.dead_stock.blocks import Bars, Notes, Paper, Rows, Tile
from huoku.report.whole import replaced_whole

if TYPE_CHECKING:
    from fpdf import FPDF

NOT_THERE = Sentence(
    "没有安装 PDF 组件；请运行：pip install 'huoku[pdf]'，或写成 .html 再从浏览器打印",
    "the PDF library is not installed; run: pip install 'huoku[pdf]', or write .html and print it from a browser",
)
NO_FONT = Sentence(
    "这台机器上找不到中文字体；请安装思源黑体（apt install fonts-noto-cjk），或写成 .html 再从浏览器打印",
    "there is no font with Chinese characters on this machine; install one (apt install fonts-noto-cjk), or write "
    ".html and print it from a browser",
)


class PdfMissing(UsageError):
    """The optional extra ``pdf`` is not installed, or there is no font to set Chinese with."""


class Font(NamedTuple):
    """A family on disk: the plain and the bold file, and the number of the face in each."""

    plain: str
    bold: str
    face: int = 0


FONTS = (
    Font(
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
        2,
    ),
    Font("/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", "/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc", 2),
    Font(
        "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Bold.ttc",
        2,
    ),
    Font("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
    Font("C:/Windows/Fonts/msyh.ttc", "C:/Windows/Fonts/msyhbd.ttc"),
    Font("C:/Windows/Fonts/simhei.ttf", "C:/Windows/Fonts/simhei.ttf"),
    Font("/System/Library/Fonts/STHeiti Light.ttc", "/System/Library/Fonts/STHeiti Medium.ttc", 1),
)
"""Where fonts with Chinese characters usually are, the best first."""

MARGIN, WIDTH = 13.0, 184.0
INK, SOFT, LINE, PALE, RED, BLUE = (
    (21, 25, 32),
    (92, 102, 117),
    (195, 201, 211),
    (234, 240, 252),
    (176, 33, 27),
    (35, 73, 166),
)
CHART_HEIGHT = 34.0


def write_pdf(paper: Paper, path: Path, today: date, lang: Language) -> Path:
    """Write the paper as a PDF, dated by its day: equal papers give equal bytes. Raises PdfMissing."""
    pdf = _sheet(today, lang)
    _head(pdf, paper)
    _tiles(pdf, paper.tiles)
    _charts(pdf, paper.charts)
    for part in paper.parts:
        if isinstance(part, Rows):
            _rows(pdf, part)
        else:
            _notes(pdf, part)
    with replaced_whole(path) as fresh:
        fresh.write_bytes(bytes(pdf.output()))
    return path


def _sheet(today: date, lang: Language) -> "FPDF":
    try:
        from fpdf import FPDF
    except ImportError:
        raise PdfMissing(NOT_THERE.say(lang)) from None
    font = next((font for font in FONTS if Path(font.plain).is_file()), None)
    if font is None:
        raise PdfMissing(NO_FONT.say(lang))
    pdf = FPDF(format="A4")
    pdf.set_creation_date(datetime.combine(today, time(), UTC))
    pdf.set_margin(MARGIN)
    pdf.set_auto_page_break(True, MARGIN)
    pdf.add_font("text", fname=font.plain, collection_font_number=font.face)
    bold = font.bold if Path(font.bold).is_file() else font.plain
    pdf.add_font("text", style="B", fname=bold, collection_font_number=font.face)
    pdf.add_page()
    return pdf


def _write(pdf: "FPDF", words: str, size: float, *, bold: bool = False, ink: tuple[int, int, int] = INK) -> None:
    """A paragraph over the whole width."""
    _style(pdf, size, bold=bold, ink=ink)
    pdf.multi_cell(0, size * 0.5, words, new_x="LMARGIN", new_y="NEXT", align="L", wrapmode=_breaking(words))


def _style(pdf: "FPDF", size: float, *, bold: bool = False, ink: tuple[int, int, int] = INK) -> None:
    pdf.set_font("text", style="B" if bold else "", size=size)
    pdf.set_text_color(*ink)


def _head(pdf: "FPDF", paper: Paper) -> None:
    _write(pdf, paper.title, 18, bold=True)
    _write(pdf, f"{paper.subtitle} · {paper.foot}", 8, ink=SOFT)
    pdf.ln(2.5)
    pdf.set_fill_color(*PALE)
    _style(pdf, 12, bold=True)
    pdf.multi_cell(0, 7, paper.verdict, fill=True, new_x="LMARGIN", new_y="NEXT", align="L", padding=(2, 3))
    pdf.ln(3)


def _tiles(pdf: "FPDF", tiles: Sequence[Tile]) -> None:
    y, wide = pdf.get_y(), WIDTH / max(1, len(tiles))
    for place, tile in enumerate(tiles):
        x = MARGIN + place * wide
        for dy, words, size, bold, ink in (
            (0.0, tile.name, 8, False, SOFT),
            (4.5, tile.value, 17, True, INK),
            (12.5, tile.hint, 7.5, False, SOFT),
        ):
            pdf.set_xy(x, y + dy)
            _style(pdf, size, bold=bold, ink=ink)
            pdf.cell(wide, size * 0.45, words)
    pdf.set_xy(MARGIN, y + 19)


def _charts(pdf: "FPDF", charts: Sequence[Bars]) -> None:
    y, wide = pdf.get_y(), (WIDTH - 8) / max(1, len(charts))
    ends = []
    for place, chart in enumerate(charts):
        x = MARGIN + place * (wide + 8)
        _chart(pdf, chart, x, y, wide)
        pdf.set_xy(x, y + CHART_HEIGHT + 10)
        _style(pdf, 7, ink=SOFT)
        mode = _breaking(chart.remark)
        pdf.multi_cell(wide, 3.6, chart.remark, new_x="LMARGIN", new_y="NEXT", align="L", wrapmode=mode)
        ends.append(pdf.get_y())
    pdf.set_xy(MARGIN, max([y, *ends]) + 2)


def _breaking(words: str) -> Any:
    """Chinese breaks between any two characters, not only at a blank."""
    return "CHAR" if has_chinese(words) else "WORD"


def has_chinese(words: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in words)


def _chart(pdf: "FPDF", chart: Bars, x: float, y: float, wide: float) -> None:
    """Bars on a line, their values above and their labels below."""
    pdf.set_xy(x, y)
    _style(pdf, 9, bold=True)
    pdf.cell(wide, 5, chart.title)
    most = max([bar.value or 0.0 for bar in chart.bars] + [1.0])
    step, foot = wide / max(1, len(chart.bars)), y + 5 + CHART_HEIGHT
    for place, bar in enumerate(chart.bars):
        left, high = x + place * step, (bar.value or 0.0) / most * (CHART_HEIGHT - 6)
        pdf.set_fill_color(*(RED if bar.is_bad else BLUE))
        pdf.rect(left + 1, foot - high, step - 2, high, style="F")
        for at, words, ink in ((foot - high - 4, bar.told, INK), (foot + 0.5, bar.label, SOFT)):
            pdf.set_xy(left - 3, at)
            _style(pdf, 6, ink=ink)
            pdf.cell(step + 6, 4, words, align="C")
    pdf.set_draw_color(*LINE)
    pdf.line(x, foot, x + wide, foot)


def _rows(pdf: "FPDF", part: Rows) -> None:
    """A table that does not begin at the foot of a page without its first rows."""
    if pdf.will_page_break(26):
        pdf.add_page()
    pdf.ln(3)
    _write(pdf, part.title, 10, bold=True)
    pdf.ln(0.8)
    _style(pdf, 7.5)
    pdf.set_draw_color(*LINE)
    pdf.set_fill_color(255)
    align = tuple("RIGHT" if at in part.right else "LEFT" for at in range(len(part.head)))
    with pdf.table(
        width=WIDTH,
        col_widths=part.wide,
        text_align=align,
        line_height=4.2,
        borders_layout="HORIZONTAL_LINES",
        first_row_as_headings=True,
        padding=(0.4, 1.2),
    ) as table:
        for cells in (part.head, *part.rows):
            table.row(cells)
    if part.remark:
        pdf.ln(0.8)
        _write(pdf, part.remark, 7.5, ink=SOFT)


def _notes(pdf: "FPDF", part: Notes) -> None:
    if pdf.will_page_break(7 + 4.2 * len(part.lines)):
        pdf.add_page()
    pdf.ln(3)
    _write(pdf, part.title, 10, bold=True)
    pdf.ln(0.8)
    for line in part.lines:
        _write(pdf, f"· {line}", 8, ink=SOFT)
