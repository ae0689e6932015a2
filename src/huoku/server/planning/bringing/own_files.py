"""Files of a bringing: what kinds are taken, how large, and reading them again for the job."""

import re
from collections.abc import Iterable
from typing import Annotated

from pydantic import Field, StringConstraints

from huoku.factory.brought import BroughtFile
from huoku.server.platform.files import FileName, KeptFile, Kinds, NotKept, keep, keeps, path_of
from huoku.server.platform.models import Job
from huoku.server.platform.requests import Asked

CHECK, BRING = "check_own_data", "bring_own_data"
"""The kinds of jobs: to look at files, and to fill the company from them."""
MOST_BYTES = 50 * 1024 * 1024
MOST_FILES = 30
KINDS: Kinds = {
    "workbook": (re.compile(rb"PK\x03\x04"), (".xlsx", ".xlsm")),
    "old_workbook": (re.compile(rb"\xd0\xcf\x11\xe0|\s*<"), (".xls",)),
    "archive": (re.compile(rb"PK\x03\x04"), (".zip",)),
    "text": (re.compile(rb"(?s)."), (".csv", ".txt", ".toml")),
}
"""An .xls that is a web page is taken here, so that it can be told in words what it is."""
ACCEPTED = ",".join(end for _, ends in KINDS.values() for end in ends if end != ".toml")


class OwnFile(Asked):
    name: FileName
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class SheetWish(Asked):
    """What somebody says of a sheet: which table it is ("" leaves it out) and what its heads mean."""

    table: Annotated[str, StringConstraints(max_length=40)]
    columns: dict[str, str] = {}


class OwnData(Asked):
    """What a job is about."""

    files: Annotated[list[OwnFile], Field(min_length=1, max_length=MOST_FILES)]
    wishes: dict[str, SheetWish] = {}


def keep_own(company_id: int, name: str, chunks: Iterable[bytes]) -> KeptFile:
    """Raises TooLarge, WrongKind, Infected, NotScanned."""
    return keep(company_id, name, chunks, kinds=KINDS, most=MOST_BYTES)


def read_own(company_id: int, files: Iterable[OwnFile]) -> list[BroughtFile]:
    """Their bytes. Raises NotKept where they were swept away since."""
    found: list[BroughtFile] = []
    for file in files:
        place = path_of(company_id, file.sha256)
        if not place.is_file():
            raise NotKept(field="file", value=file.name)
        found.append(BroughtFile(file.name, place.read_bytes()))
    return found


@keeps
def own_files(company_id: int) -> Iterable[str]:
    """The files that jobs of a company name, as long as the jobs are kept."""
    for job in Job.objects.of(company_id).filter(kind__in=(CHECK, BRING)):
        yield from (file.sha256 for file in OwnData.model_validate_json(job.request).files)
        yield from re.findall(r'"(?:zh|en)": ?"([0-9a-f]{64})"', job.answer)
