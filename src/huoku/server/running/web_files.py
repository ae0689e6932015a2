"""Style sheets, scripts and drawings as browsers get them: compressed, under names that change with their content.

They are prepared from the packages when the server starts, into the data folder, and only where something changed:
nothing is stale after an upgrade, and a browser asks for each once.
"""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
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
    stamp = folder / STAMP
    if stamp.exists() and stamp.read_text("utf-8") == digest:
        return
    shutil.rmtree(folder, ignore_errors=True)
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
    stamp.write_text(digest, encoding="utf-8")


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
