"""Passwords that anybody here would guess first."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from huoku.server.platform.models import Company

SHORTEST = 3
"""Shorter words say nothing of a password that holds them."""


class NoWordsOfTheHouse:
    """Refuses a password that holds this program's name, or the code or name of a company."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        names = [name for row in Company.objects.values_list("code", "name", "name_en") for name in row]
        for word in ("huoku", "活库", *names):
            if (len(word) >= SHORTEST or not word.isascii()) and word.lower() in password.lower() and word:
                raise ValidationError(_("The password must not hold the name of the company or of this program."))

    def get_help_text(self) -> str:
        return _("The password must not hold the name of the company or of this program.")
