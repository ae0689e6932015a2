"""Django, set up for a data folder: the first step of every command that touches the server."""

import os
from pathlib import Path

SETTINGS = "huoku.server.settings"


def start(data: Path | None = None) -> None:
    """Set Django up once in this process. ``data`` comes before ``HUOKU_DATA``; settings are read only now.

    Raises UsageError where a setting is wrong.
    """
    if data is not None:
        os.environ["HUOKU_DATA"] = str(data)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django

    django.setup()
