"""The interface at ``/api/v1`` and its description at ``/docs``."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.openapi.docs import Swagger
from ninja.openapi.schema import OpenAPISchema

from huoku import __version__
from huoku.server.api import schemas
from huoku.server.api.door import BySession, ByToken
from huoku.server.api.problems import handle, problem
from huoku.server.api.routes import lay_others, lay_table
from huoku.server.platform.refusals import NotFound
from huoku.server.platform.tables.table import TABLES

ABOUT = """Every write needs an `Idempotency-Key`; what changes a row needs `If-Match`. `?dry_run=1` tries without
doing. Lists: `filter[field][op]`, `sort=-field`, `fields=`, `expand=`, `limit=`, `cursor=`; as Arrow, Parquet, CSV or a
workbook by `Accept`. Decimals are text, times have their offset. Errors are problem+json with
`errors: [{row, field, code, value, hint}]`.
"""


class Interface(NinjaAPI):
    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """With the schemas of all tables and requests among the components."""
        schema = super().get_openapi_schema(**kwargs)
        components = schema["components"]
        components["schemas"].update(schemas.SCHEMAS)
        components["responses"], components["parameters"] = schemas.RESPONSES, schemas.PARAMETERS
        for methods in schema["paths"].values():
            for about in methods.values():  # ninja's own 200 is a number, and stands beside ours, which is text
                about["responses"] = {str(status): each for status, each in about["responses"].items()}
        return schema


api = Interface(
    title="huoku 活库",
    version=__version__,
    description=ABOUT,
    urls_namespace="api-v1",
    docs_url=None,
    auth=[ByToken(), BySession()],
)
handle(api)
lay_others(api)
for table in TABLES.values():
    lay_table(api, table)

SWAGGER = Swagger(settings={"persistAuthorization": False, "docExpansion": "none", "defaultModelsExpandDepth": 0})
DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def docs(request: HttpRequest) -> HttpResponse:
    """The description to read and try. All it loads comes from here."""
    response = SWAGGER.render_page(request, api)
    response["Content-Security-Policy"] = DOCS_POLICY
    return response


@csrf_exempt  # it does nothing, and says so rather than something about cookies
def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Nothing is at this address."""
    return problem(request, NotFound(what="", value=request.path))


urlpatterns: list[URLPattern | URLResolver] = [
    path("docs", docs),
    path("api/v1/", api.urls),
    re_path(r"^api/(?P<rest>[\s\S]*)$", nowhere),  # an address may hold a line break
]
