"""The forms of signing in and joining that are our own."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from django.contrib.auth.forms import BaseUserCreationForm

from huoku.server.account.recovery import looks_like_one, use_code
from huoku.server.account.words import NAME
from huoku.server.platform.models import User


class AccountForm(BaseUserCreationForm):  # type: ignore[type-arg]
    """By which an invited person makes an account."""

    class Meta:
        model = User
        fields = ("username", "name")
        labels = {"name": NAME}  # constant


class OrRecoveryCode(BaseAuthenticateForm):  # type: ignore[misc]
    """Takes a recovery code where a telephone's code is asked for; tries at both are counted together."""

    by_recovery_code = False
    how: dict[str, Any] = {}  # constant

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not looks_like_one(code):
            return str(super().clean_code())
        give_back = check_rate_limit(self.user)
        if not use_code(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        give_back()
        self.by_recovery_code = True
        return code

    def save(self) -> None:
        if self.by_recovery_code:
            record_authentication(context.request, self.user, "mfa", type="recovery_codes", **self.how)
        else:
            super().save()


class SecondFactorForm(OrRecoveryCode, AuthenticateForm):  # type: ignore[misc]
    """The step after the password."""


class AgainForm(OrRecoveryCode, ReauthenticateForm):  # type: ignore[misc]
    """Asked for once more before the account changes."""

    how = {"reauthenticated": True}
