"""Many rows in one call: each its own command, done or refused by itself."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from huoku.language import Language, Sentence
from huoku.server.api.answers import told
from huoku.server.api.call import Call, TagMissing
from huoku.server.api.commands import BeginBulk, begin_bulk
from huoku.server.api.problems import Invalid, body_of, errors_of
from huoku.server.platform.canonical import canonical, digest
from huoku.server.platform.command import perform
from huoku.server.platform.refusals import Refused

MOST_ROWS = 1_000
"""So many rows one call may bring that waits for its answer,"""
MOST_ROWS_LATER = 20_000
"""and so many one that does not."""


class TooManyRows(Refused):
    code, status, is_kept = "too_many_rows", 413, False
    words = Sentence("一次最多 {most} 行。", "{most} {most|row|rows} at most in one call.")


def each_row(call: Call, rows: list[Any], lang: Language, most: int = MOST_ROWS) -> dict[str, Any]:
    """Each row is its own command under ``key#row``; the call as a whole holds the key, with the digest of its rows.
    Raises TooManyRows, KeyReused."""
    if len(rows) > most:
        raise TooManyRows(most=most, value=len(rows))
    if not call.is_trial:
        begun = BeginBulk(command=call.what.name, rows=len(rows), sha256=digest(canonical(rows)).hex())
        begin = replace(begin_bulk, right=call.what.right)
        perform(begin, begun, actor=call.actor, key=call.key, reason=call.reason)
    results = [_result(call, lang, row, place) for place, row in enumerate(rows)]
    done = sum(result["status"] < 400 for result in results)
    return {"done": done, "refused": len(results) - done, "results": results}


def _result(call: Call, lang: Language, row: Any, place: int) -> dict[str, Any]:
    """What became of one row. An error that is about a line within the row keeps the line's number as ``line``."""
    try:
        if not call.is_new and isinstance(row, Mapping) and "version" not in row:
            raise TagMissing(field="version")
        done = call.perform(row, f"#{place}")
    except ValidationError as fault:
        refused = body_of(Invalid(), lang, errors_of(fault, lang, place))
    except Refused as refusal:
        refused = body_of(refusal, lang)
        for error in refused["errors"]:
            if error["row"] is not None:
                error["line"] = error["row"]
            error["row"] = place
    else:
        return {"row": place, "status": call.status(done), "answer": json.loads(told(done.answer, call.known))}
    return {"row": place, "status": refused["status"], "errors": refused["errors"]}
