"""Sites as requests name them."""

from huoku.server.platform.command import At
from huoku.server.platform.kept import Unknown
from huoku.server.platform.models import Site


def site_named(at: At, code: str | None, field: str = "site") -> int | None:
    """The id of a site by its code; None where none is named. Raises Unknown, also of one where the actor does not
    work."""
    if code is None:
        return None
    site = Site.objects.of(at.company_id).filter(code=code).first()
    if site is None or not at.actor.works_at(site.pk):
        raise Unknown(field=field, value=code, noun_zh="厂区", noun_en="site")
    return site.pk
