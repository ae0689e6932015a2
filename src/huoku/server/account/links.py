"""Links that are handed over by hand, because a factory's server need not be able to send mail."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from huoku.server.platform.models import User


def new_password_link(user: User) -> str:
    """The path under which this user chooses a new password; good for once, for three days. Whoever makes it has
    carried out ``allow_new_password`` before."""
    uid, token = user_pk_to_url_str(user), default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
