"""Plans on disk: a folder that explains itself, written whole or not at all.

``plan.json`` says what it is (settings, figures, language, version); each table is one file; ``input/``
holds the checked factory, so that a plan can be explained, judged and repeated without the files it came from.
``standing.npz`` holds what a plan that was worked out again was decided with, see ``standing``.
"""

import hashlib
import io
import json
import os
import shutil
import tempfile
import zipfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import polars as pl

from huoku.errors import UsageError
from huoku.factory import Factory, read
from huoku.factory.write import write
from huoku.language import Language, Sentence
from huoku.plan.decide.service import EFFORT
from huoku.plan.standing import Arrays, arrays_of

if TYPE_CHECKING:
    from huoku.plan.plan import Plan

FORMAT = 2
TABLES = ("orders", "usage", "promises", "exceptions", "leftovers", "schedule", "open_work", "decisions", "earmarks")
MANIFEST = "plan.json"
STANDING = "standing.npz"

NOT_A_PLAN = Sentence(
    "{path} 不是计划文件夹（没有 {manifest}）；先用 huoku plan FACTORY -o PLAN 做一个",
    "{path} is no plan folder (it has no {manifest}); huoku plan FACTORY -o PLAN makes one",
)
IN_THE_WAY = Sentence(
    "{path} 里有别的东西，不覆盖；请换一个空文件夹",
    "{path} holds something that is no plan and is left alone; name an empty folder",
)
DAMAGED = Sentence(
    "{path} 坏了，或者不是与这个计划一起保存的；请重新做计划",
    "{path} is damaged, or was not saved with this plan; plan again",
)
TOO_OLD = Sentence(
    "{path} 是旧版本存的计划（格式 {format}），表不全；请用它的输入重新做计划：huoku plan {path}/input -o 新文件夹",
    "{path} was saved by an older version (format {format}) and lacks tables; plan its input again: "
    "huoku plan {path}/input -o NEW_FOLDER",
)
TOO_NEW = Sentence("{path} 是更新版本写的（格式 {format}）", "{path} was written by a newer version (format {format})")


def save(plan: "Plan", folder: Path, format: Literal["csv", "parquet"]) -> None:
    """Write into a new folder beside the wanted one, then put it in its place."""
    folder = folder.absolute()
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).is_file()):
        raise UsageError(IN_THE_WAY.say(plan.lang, path=folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, table in plan.tables().items():
            if format == "csv":
                table.write_csv(fresh / f"{name}.csv", null_value="")
            else:
                table.write_parquet(fresh / f"{name}.parquet")
        write(plan.factory, fresh / "input", format="parquet")
        standing = packed(arrays_of(plan))
        if standing:
            (fresh / STANDING).write_bytes(standing)
        (fresh / MANIFEST).write_text(manifest(plan, format, standing), encoding="utf-8")
        fresh.chmod(0o755)
        put_in_place(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def put_in_place(fresh: Path, folder: Path) -> None:
    """Swap the folders by renames, so that a reader finds the old plan or the new one."""
    if not folder.exists():
        os.replace(fresh, folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
    os.replace(folder, old / folder.name)
    try:
        os.replace(fresh, folder)
    except OSError:
        os.replace(old / folder.name, folder)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def packed(arrays: Arrays | None) -> bytes:
    """The arrays as one file; nothing of nothing."""
    if arrays is None:
        return b""
    file = io.BytesIO()
    np.savez(file, **arrays)  # type: ignore[arg-type]  # the names are ours
    return file.getvalue()


def unpacked(path: Path, digest: str, lang: Language) -> Arrays:
    """The arrays of a file with this digest. UsageError where it is missing or another one."""
    try:
        data = path.read_bytes()
        if digest_of(data) == digest:
            with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
                return dict(arrays)
    except (OSError, ValueError, zipfile.BadZipFile):
        pass
    raise UsageError(DAMAGED.say(lang, path=path))


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def manifest(plan: "Plan", format: str, standing: bytes) -> str:
    settings = plan.factory.settings
    return json.dumps(
        {
            "format": FORMAT,
            "tables": format,
            "lang": plan.lang,
            "today": settings.today.isoformat(),
            "horizon_days": settings.horizon_days,
            "currency": settings.currency,
            "effort": plan.effort,
            "figures": plan.figures,
            "standing": digest_of(standing) if standing else None,
        },
        ensure_ascii=False,
        indent=1,
    )


def load(folder: Path) -> tuple[dict[str, Any], Arrays | None]:
    """The fields of a saved plan, and what it was decided with if that was saved."""
    if not (folder / MANIFEST).is_file():
        raise UsageError(NOT_A_PLAN.say("en", path=folder, manifest=MANIFEST))
    said = json.loads((folder / MANIFEST).read_text("utf-8"))
    if said["format"] != FORMAT:
        sentence = TOO_NEW if said["format"] > FORMAT else TOO_OLD
        raise UsageError(sentence.say(said["lang"], path=folder, format=said["format"]))
    factory: Factory = read(folder / "input", today=date.fromisoformat(said["today"]))
    fields: dict[str, Any] = {name: read_table(folder, name, said["tables"]) for name in TABLES}
    standing = unpacked(folder / STANDING, said["standing"], said["lang"]) if said.get("standing") else None
    fields |= {
        "factory": factory,
        "lang": said["lang"],
        "figures": said["figures"],
        "effort": said.get("effort", EFFORT),
    }
    return fields, standing


NUMBERS = {"qty", "unit_price", "fees", "value", "p_use", "expected_loss", "minutes", "cost"}


def column_type(name: str) -> pl.DataType | type[pl.DataType]:
    """The type of an output column by its name: the tables use each name for one thing."""
    if name in ("date", "start", "due"):
        return pl.Date
    if name in ("late_days", "seq"):
        return pl.Int64
    if name in NUMBERS or name.endswith(("_qty", "_cost")):
        return pl.Float64
    return pl.String


def read_table(folder: Path, name: str, format: str) -> pl.DataFrame:
    if format == "parquet":
        return pl.read_parquet(folder / f"{name}.parquet")
    table = pl.read_csv(folder / f"{name}.csv", infer_schema=False)
    return table.with_columns(typed(column) for column in table.columns)


def typed(column: str) -> pl.Expr:
    """A column of text as its own type."""
    kind = column_type(column)
    return pl.col(column).str.to_date("%Y-%m-%d") if kind == pl.Date else pl.col(column).cast(kind)
