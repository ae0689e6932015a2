"""In which language somebody reads: what he chose last, in this browser or, where this one knows of nothing, in any."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from huoku.server.platform.models import User

Answer = Callable[[HttpRequest], HttpResponseBase]


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """From now on in this browser, and wherever the same person signs in."""
    chosen = request.POST.get("language", "")
    if isinstance(request.user, User) and chosen in dict(settings.LANGUAGES):
        User.objects.filter(pk=request.user.pk).update(language=chosen)
    return set_language(request)


def own_language(answer: Answer) -> Answer:
    """Middleware: a browser that was never told one speaks the language of whoever signed in."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        own = request.user.language if isinstance(request.user, User) else ""
        if own in dict(settings.LANGUAGES) and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(own)
            request.LANGUAGE_CODE = own
        return answer(request)

    return answered
