"""From the cells of a sheet to drafts of rows."""

from collections.abc import Sequence

from huoku.language import READ, Sentence
from huoku.server.office.commands.rows import MOST_ROWS
from huoku.server.office.grid.columns import fills, key_of
from huoku.server.office.grid.drafts import Draft, named
from huoku.server.office.grid.elsewhere import heading
from huoku.server.office.words import label
from huoku.server.platform.actor import Actor
from huoku.server.platform.refusals import Refused
from huoku.server.platform.tables.table import Table


class TooMuch(Refused):
    code = "too_much_at_once"
    words = Sentence(
        "一次最多 {most} 行，这里有 {value} 行。", "At most {most} {most|row|rows} at once; these are {value}."
    )


class NoSuchHeading(Refused):
    code = "no_such_heading"
    words = Sentence("没有叫“{value}”的列；这里有：{known_zh}。", "There is no column “{value}”; there are {known_en}.")


def pasted(
    table: Table, actor: Actor, cells: Sequence[Sequence[str]], under: Sequence[str], rows: Sequence[int]
) -> list[Draft]:
    """Drafts of the cells of a sheet. Where its first row are headings, they say which column is which; else the cells
    go into the columns ``under`` the place, and into ``rows`` there, unless they tell their own key. Raises TooMuch."""
    headed = headings(table, actor, cells[0]) if cells else []
    names, body = (headed, cells[1:]) if headed else (list(under), cells)
    body = [row for row in body if any(text.strip() for text in row)] if headed else body
    if len(body) > MOST_ROWS:
        raise TooMuch(value=len(body), most=MOST_ROWS)
    drafts = [Draft({name: text.strip() for name, text in zip(names, row, strict=False)}) for row in body]
    key = key_of(table)
    if not headed and not (key and set(key) <= set(names)):
        for place, draft in enumerate(drafts):
            draft.id = rows[place] if place < len(rows) else None
            draft.is_beyond = draft.id is None
    return drafts


def headings(table: Table, actor: Actor, row: Sequence[str]) -> list[str]:
    """The columns that a row of headings names, in either language or as other systems do; empty where it is none.
    Raises NoSuchHeading where most of it are headings, and one is not."""
    known = {
        each.casefold(): name for name in table.seen_by(actor) for each in (name, *(label(name, lang) for lang in READ))
    }
    seen, texts = table.seen_by(actor), [text.strip().rstrip("*").casefold() for text in row]
    found = [known.get(text, "") for text in texts]
    for place, text in enumerate(row):
        other = "" if found[place] else heading(table.name, text)
        found[place] = other if other in seen and other not in found else found[place]
    if sum(map(bool, found)) * 2 <= len(found):
        return []
    for text, name in zip(row, found, strict=True):
        if text.strip() and not name:
            names = [
                each
                for each in table.seen_by(actor)
                if fills(table.add, actor, each) or fills(table.change, actor, each)
            ]
            raise NoSuchHeading(value=text.strip()[:80], known_zh=named(names, "zh"), known_en=named(names, "en"))
    return found
