"""The application that a web server runs: `granian --interface wsgi huoku.server.wsgi:application`."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from huoku.server.running.settled import settle

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def below(prefix: str, inner: Application) -> Application:
    """``inner`` behind a proxy that serves it under a path, whether the proxy takes that path off or leaves it on."""

    def answered(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == prefix or path.startswith(f"{prefix}/"):
            environ["PATH_INFO"] = path[len(prefix) :] or "/"
        return inner(environ, start_response)

    return answered if prefix else inner


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huoku.server.settings")
application = below(settings.FORCE_SCRIPT_NAME or "", get_wsgi_application())
settle()
