"""I25: no row of the ledger refers to a row of another company."""

from django.apps import apps

from huoku.language import Sentence
from huoku.server.ledger.doctor.finding import AT_MOST, Finding
from huoku.server.platform.guards import references
from huoku.server.platform.scope import Scoped
from huoku.server.platform.sql import ask

STRANGER = Sentence(
    "{table} 的 {id} 号引用了别的公司的 {column}。", "Row {id} of {table} refers to another company's {column}."
)


def rows_stay_in_their_company(company_id: int) -> list[Finding]:
    found = []
    for model in apps.get_app_config("ledger").get_models():
        if not issubclass(model, Scoped):
            continue
        table = model._meta.db_table
        for column, target, key in references(model):
            rows = ask(
                f'SELECT r.id FROM "{table}" r LEFT JOIN "{target}" t ON t."{key}" = r."{column}" '
                f'AND t.company_id = r.company_id WHERE r.company_id = %s AND r."{column}" IS NOT NULL '
                f'AND t."{key}" IS NULL ORDER BY r.id LIMIT {AT_MOST}',
                [company_id],
            )
            found += [Finding("I25", STRANGER, {"table": table, "id": str(id), "column": column}) for (id,) in rows]
    return found
