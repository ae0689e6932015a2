"""The form by which an invited person makes an account."""

from django.contrib.auth.forms import BaseUserCreationForm

from huoku.server.platform.models import User


class AccountForm(BaseUserCreationForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ("username", "name")
