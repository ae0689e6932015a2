"""The company's sites."""

from huoku.language import Sentence
from huoku.server.platform.commands.companies import add_site
from huoku.server.platform.models import Site
from huoku.server.platform.rights import BE_HERE
from huoku.server.platform.tables.table import declare

declare(
    "sites",
    Site,
    read=BE_HERE,
    title=Sentence("厂区", "Sites"),
    columns=("id", "code", "name", "is_active"),
    add=add_site,
)
