"""Passwords that anybody here would guess first, or that have become known elsewhere."""

import hashlib
import os
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError

from huoku.language import Sentence
from huoku.server.account.words import said
from huoku.server.platform.models import Company

SHORTEST = 3
"""Shorter words say nothing of a password that holds them."""
OF_THE_HOUSE = Sentence(
    "密码不能包含公司或本系统的名称。", "The password must not hold the name of the company or of this program."
)
BREACHED = Sentence(
    "这个密码已经在别处泄露过，请换一个。", "This password has become known elsewhere: choose another one."
)


class NoWordsOfTheHouse:
    """Refuses a password that holds this program's name, or the code or name of a company."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        names = [name for row in Company.objects.values_list("code", "name", "name_en") for name in row]
        for word in ("huoku", "活库", *names):
            if (len(word) >= SHORTEST or not word.isascii()) and word.lower() in password.lower() and word:
                raise ValidationError(said(OF_THE_HOUSE))

    def get_help_text(self) -> str:
        return said(OF_THE_HOUSE)


class NotBreached:
    """Refuses a password whose SHA-1 stands in the operator's file (``breached_passwords``). The file may be large:
    it is searched where it lies."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError; OSError where the file cannot be read: no password is taken unlooked at."""
        if not settings.GIVEN.breached_passwords:
            return
        digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
        with Path(settings.GIVEN.breached_passwords).open("rb") as file:
            if stands_in(file, digest):
                raise ValidationError(said(BREACHED), code="password_breached")

    def get_help_text(self) -> str:
        return said(BREACHED)


def stands_in(file: BinaryIO, start: bytes) -> bool:
    """Whether a line of a sorted file begins with ``start``, in about 2 log2(lines) short reads."""
    low, high = 0, file.seek(0, os.SEEK_END)
    while low < high:  # the first line that is not before ``start`` begins in low..high
        middle = (low + high) // 2
        if _line_from(file, middle)[: len(start)].upper() < start:
            low = middle + 1
        else:
            high = middle
    return _line_from(file, low)[: len(start)].upper() == start


def _line_from(file: BinaryIO, place: int) -> bytes:
    """The first line that begins at ``place`` or after it; after the last one a line behind all others."""
    file.seek(max(place - 1, 0))
    if place:
        file.readline()
    return file.readline() or b"\xff"
