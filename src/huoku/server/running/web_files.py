"""Style sheets, scripts and drawings as browsers get them: compressed, under names that change with their content.

They are prepared from the packages when the server starts, into the data folder, and only where something changed:
nothing is stale after an upgrade, and a browser asks for each once.
"""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from whitenoise.storage import CompressedManifestStaticFilesStorage

STAMP = "prepared"
"""Holds the digest of what was prepared; written last."""


class WebFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """A name that was not prepared stays as it is, and is served from its package."""

    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        prepared: str = self.hashed_files.get(self.hash_key(name), name)
        return prepared


def prepare_web_files() -> None:
    """Bring the prepared files up to what the packages hold, for processes that begin after it."""
    folder, digest = Path(settings.WEB_FILES), _digest()
    settings.STATIC_ROOT = folder  # a process that is forked does not read the settings again
    if _stamp(folder) == digest:
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(mkdtemp(prefix="web_files-", dir=folder.parent))
    try:
        _prepare(scratch / "new")
        (scratch / "new" / STAMP).write_text(digest, encoding="utf-8")
        if _stamp(folder) != digest:  # else a server that began at the same time was quicker
            _put(scratch / "new", folder, scratch / "old")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _stamp(folder: Path) -> str:
    """The digest of what lies there; empty where nothing does."""
    try:
        return (folder / STAMP).read_text("utf-8")
    except OSError:
        return ""


def _put(new: Path, folder: Path, old: Path) -> None:
    """Whole, in the place of what was there. Two servers may do so at once: either result is as good."""
    with suppress(FileNotFoundError):
        folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        if not _stamp(folder):
            raise


def _prepare(folder: Path) -> None:
    prepared = WebFiles(location=folder, base_url=settings.STATIC_URL)
    found: dict[str, tuple[Any, str]] = {}
    for name, source, path in _files():
        if name not in found:
            found[name] = source, path
            with source.open(path) as content:
                prepared.save(name, content)
    for name, _, result in prepared.post_process(found):
        if isinstance(result, Exception):
            raise RuntimeError(f"{name}: {result}") from result


def _files() -> Iterator[tuple[str, Any, str]]:
    """What it is called, the storage that has it, and its path there; the first of a name counts."""
    for finder in get_finders():
        for path, source in finder.list([]):
            prefix = getattr(source, "prefix", None)
            yield (f"{prefix}/{path}" if prefix else path), source, path


def _digest() -> str:
    """Of all files as the packages hold them: names, sizes, times."""
    found = hashlib.sha256()
    for name, source, path in _files():
        about = Path(source.path(path)).stat()
        found.update(f"{name}\0{about.st_size}\0{about.st_mtime_ns}\n".encode())
    return found.hexdigest()
