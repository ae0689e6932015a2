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
            # Not by a join: PostgreSQL takes the rows that row security leaves for a handful, and looks for each of
            # a million movements through all lots.
            strangers = ask(
                f'SELECT "{column}" FROM "{table}" WHERE company_id = %s AND "{column}" IS NOT NULL '
                f'EXCEPT SELECT "{key}" FROM "{target}" WHERE company_id = %s LIMIT {AT_MOST}',
                [company_id, company_id],
            )
            for stranger in strangers:
                rows = ask(
                    f'SELECT id FROM "{table}" WHERE company_id = %s AND "{column}" = %s ORDER BY id LIMIT {AT_MOST}',
                    [company_id, *stranger],
                )
                found += [Finding("I25", STRANGER, {"table": table, "id": str(id), "column": column}) for (id,) in rows]
    return found
