"""Recovery codes: ten that open once each, of which slow digests alone are kept.

Django-allauth's own are made again from a seed, so whoever reads seed and key has them; these nobody can read back.
"""

import re
import secrets
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from huoku.server.account.models import RecoveryCode
from huoku.server.platform.models import User

CODES = 10
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that are taken for others (Crockford's base 32): a code of ten has 50 random bits."""
_CODE = re.compile(rf"[{LETTERS}]{{10}}")


def new_codes(user: User) -> list[str]:
    """Ten new codes, as ``ABCDE-FGHJK``; those before are good for nothing any more."""
    codes = ["".join(secrets.choice(LETTERS) for _ in range(10)) for _ in range(CODES)]
    made = [RecoveryCode(user=user, digest=make_password(code)) for code in codes]
    with transaction.atomic():
        forget_codes(user)
        RecoveryCode.objects.bulk_create(made)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def looks_like_one(text: str) -> bool:
    return _CODE.fullmatch(_plain(text)) is not None


def use_code(user: User, text: str) -> bool:
    """Whether it is one of this user's; of several who show the same one, one gets in."""
    for row in RecoveryCode.objects.filter(user=user):
        if check_password(_plain(text), row.digest):
            return RecoveryCode.objects.filter(pk=row.pk).delete()[0] == 1
    return False


def left(user: User) -> int:
    return RecoveryCode.objects.filter(user=user).count()


def forget_codes(user: User) -> None:
    RecoveryCode.objects.filter(user=user).delete()


def forget_with_the_last_factor(sender: Any, user: User | None = None, **_: Any) -> None:
    """Codes stand in for a telephone or a key; without either they are none."""
    if user is not None and not is_mfa_enabled(user):
        forget_codes(user)


def _plain(text: str) -> str:
    return re.sub(r"[\s-]", "", text).upper()
