"""Operations of open work orders that a person has put on a day."""

from huoku.server.planning.reading.columns import Columns, columns
from huoku.server.planning.reading.work import Work
from huoku.server.production.models import WorkOperation
from huoku.server.production.states import NOT_DONE


def fixed_work(company_id: int, work: Work) -> Columns:
    """Of those that still give something."""
    given = {each.name for each in work.given}
    rows = WorkOperation.objects.of(company_id).filter(fixed_on__isnull=False, state__in=NOT_DONE)
    found = rows.order_by("order__number", "seq").values_list("order__number", "seq", "fixed_on", "resource__code")
    return columns(("supply", "seq", "date", "resource"), [row for row in found if row[0] in given])
