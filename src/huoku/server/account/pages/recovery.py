"""One's recovery codes: how many are left, and new ones, shown once on this very page."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from huoku.server.account.recovery import left, new_codes
from huoku.server.platform.models import User


@login_required
@never_cache
@reauthentication_required  # type: ignore[untyped-decorator]
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """They stand in for a telephone or a key, so they are for those who have one."""
    assert isinstance(request.user, User)
    if not is_mfa_enabled(request.user):
        return redirect("mfa_index")
    codes = new_codes(request.user) if request.method == "POST" else []
    return render(request, "account/recovery_codes.html", {"codes": codes, "left": left(request.user)})
