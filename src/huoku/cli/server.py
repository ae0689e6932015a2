"""What the verbs of the server share: the data folder, and Django begun for it."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from huoku.errors import UsageError
from huoku.language import Sentence

if TYPE_CHECKING:
    from huoku.server.given import Given

NO_SERVER = Sentence(
    "{data}：这里还没有服务器；请运行 `huoku init {data}`",
    "{data}: no server was founded here; run `huoku init {data}`",
)
NO_DATABASE = Sentence(
    "{file}：数据库不在这里。请恢复备份（`huoku restore`），或用 `huoku init {data}` 建立服务器",
    "{file}: the database is not there. Put a backup back (`huoku restore`), or found the server: `huoku init {data}`",
)
LACKING = Sentence(
    "服务器需要 {name}：pip install 'huoku[server]'", "the server needs {name}: pip install 'huoku[server]'"
)
DATA = Sentence(zh="数据文件夹（默认：HUOKU_DATA 或 huoku-data）", en="data folder (default: HUOKU_DATA or huoku-data)")


def begin(data: str | None, *, must_exist: bool = True, https: bool = False, in_network: bool = False) -> "Given":
    """Start Django for the data folder and return its settings.

    ``in_network``: browsers may call this machine by all its names and addresses. Raises UsageError where no server
    was founded there, its database does not answer, or the server's packages are not installed.
    """
    if data is not None:
        os.environ["HUOKU_DATA"] = str(Path(data).absolute())
    if https:
        os.environ["HUOKU_HTTPS"] = "true"
    try:
        from huoku.server.given import given
        from huoku.server.running.start import start

        if in_network:
            from huoku.server.running.authority import names_of_this_host

            os.environ["HUOKU_HOSTS"] = ",".join([*given().hosts, *names_of_this_host()])
    except ModuleNotFoundError as lacking:
        raise UsageError(LACKING, name=lacking.name) from None
    settings = given()
    if must_exist and not settings.secret:
        raise UsageError(NO_SERVER, data=settings.data)
    if must_exist and (missing := settings.missing_file):
        raise UsageError(NO_DATABASE, file=missing, data=settings.data)
    start()
    from huoku.server.running.reaching import must_be_reached

    must_be_reached()
    return settings
