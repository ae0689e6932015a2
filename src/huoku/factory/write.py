"""Write a factory back as a factory folder, such that reading it gives the same factory."""

import json
import math
from pathlib import Path
from typing import Literal

from huoku.errors import UsageError
from huoku.factory.factory import Factory
from huoku.factory.folder import SETTINGS_FILE, WORKBOOK_FILE, holds_tables
from huoku.factory.inputs import TABLES
from huoku.factory.settings import Settings
from huoku.factory.stage import Bearing

Format = Literal["csv", "parquet"]


def write(factory: Factory, folder: str | Path, format: Format = "csv") -> Path:
    """Write the tables that have rows, and factory.toml, into ``folder`` (made if needed). Returns it.

    Raises UsageError when the folder already holds a factory, or the format is neither csv nor parquet.
    """
    place = Path(folder)
    if format not in ("csv", "parquet"):
        raise UsageError(f"no such format: {format}; csv or parquet / 格式只能是 csv 或 parquet")
    if place.exists() and (not place.is_dir() or holds_tables(place) or (place / WORKBOOK_FILE).exists()):
        raise UsageError(f"{place} already holds a factory or is a file; choose a new one / 请换一个文件夹")
    place.mkdir(parents=True, exist_ok=True)
    for name, table in TABLES.items():
        frame = factory.table(name)
        if not frame.height and frame.width == len(table.columns):
            continue
        if format == "csv":
            frame.write_csv(place / f"{name}.csv", include_bom=True)
        else:
            frame.write_parquet(place / f"{name}.parquet")
    (place / SETTINGS_FILE).write_text(_toml(factory.settings), encoding="utf-8")
    return place


def _toml(settings: Settings) -> str:
    lines = [
        f"today = {settings.today.isoformat()}",
        f"horizon_days = {settings.horizon_days}",
        f"currency = {json.dumps(settings.currency, ensure_ascii=False)}",
        f"holding_rate = {settings.holding_rate!r}",
        f"salvage_rate = {settings.salvage_rate!r}",
        f"late_rate = {settings.late_rate!r}",
        f"partial_shipments = {str(settings.partial_shipments).lower()}",
        f"frozen_days = {settings.frozen_days}",
        f"change_rate = {settings.change_rate!r}",
        f"change_days = {settings.change_days}",
        f'substitute_mixing = "{settings.substitute_mixing}"',
        f'future_use = "{settings.future_use}"',
        f'company_stage = "{settings.company_stage}"',
    ]
    if settings.risk_limit < math.inf:
        lines.append(f"risk_limit = {settings.risk_limit!r}")
    own = {name: getattr(settings, name) for name in Bearing._fields}
    lines += [f"{name} = {value!r}" for name, value in own.items() if value is not None]
    return "\n".join(lines) + "\n"
