"""Files that pages make."""

from django.http import HttpResponse


def to_be_saved(content: bytes, name: str, media_type: str) -> HttpResponse:
    """To be saved, never to be run by the browser."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
