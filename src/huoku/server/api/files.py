"""Files: brought before they are put to a row, and fetched by those who may read the row."""

from collections.abc import Iterator

from django.http import FileResponse, HttpRequest, HttpResponse
from pydantic import TypeAdapter, ValidationError

from huoku.server.api.lists import answer, asked_of
from huoku.server.api.problems import Malformed
from huoku.server.documents.about import rows_about
from huoku.server.documents.models import Attachment
from huoku.server.items.models import ItemFile
from huoku.server.platform.actor import Actor
from huoku.server.platform.files import MOST_BYTES, FileName, TooLarge, keep, path_of, served
from huoku.server.platform.kept import rows_for
from huoku.server.platform.refusals import NotFound

CHUNK = 64 * 1024
_NAME: TypeAdapter[str] = TypeAdapter(FileName)


def bring(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Keep the body as a file called ``?name=``. The same bytes twice are kept once, so it needs no key."""
    try:
        name = _NAME.validate_python(asked_of(request).get("name", ""))
    except ValidationError:
        raise Malformed(field="name", value="?name=drawing.pdf") from None
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        raise TooLarge(field="file", value=name, most=MOST_BYTES // 1024**2)
    kept = keep(actor.company.pk, name, _chunks(request))
    return answer({"sha256": kept.sha256, "size_bytes": kept.size_bytes, "media_type": kept.media_type, "name": name})


def fetch(
    request: HttpRequest, actor: Actor, model: type[ItemFile] | type[Attachment], row_id: int
) -> HttpResponse | FileResponse:
    """The bytes of a row's file: always to be saved, never to be run by the browser."""
    row = (rows_about(actor, Attachment) if model is Attachment else rows_for(actor, model)).filter(pk=row_id).first()
    place = path_of(actor.company.pk, row.sha256) if row else None
    if row is None or place is None or not place.is_file():
        raise NotFound(what=model.__name__.lower(), field="id", value=row_id)
    return served(actor.company.pk, row.sha256, row.name, row.media_type)


def _chunks(request: HttpRequest) -> Iterator[bytes]:
    while chunk := request.read(CHUNK):
        yield chunk
