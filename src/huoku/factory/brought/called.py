"""What tables and columns are called for whoever brings files, those that we read beside the contract's as well."""

from huoku.factory.brought.synonyms import MINE, SYNONYMS
from huoku.factory.inputs import TABLES
from huoku.language import Language, Sentence

BESIDE = {
    "name": Sentence("名称", "name"),
    "name_en": Sentence("英文名称", "English name"),
    "spec": Sentence("规格型号", "specification"),
    "buy_moq": Sentence("起订量（成为货源）", "minimum order (becomes a source)"),
    "buy_multiple": Sentence("整包量（成为货源）", "pack size (becomes a source)"),
    "buy_days": Sentence("采购提前期", "days of buying"),
    "buy_from": Sentence("默认供应商（成为货源）", "supplier (becomes a source)"),
    "buy_price": Sentence("采购单价", "purchase price"),
    "numerator": Sentence("用量：分子", "quantity: numerator"),
    "denominator": Sentence("用量：分母", "quantity: denominator"),
    "supplier_name": Sentence("供应商名称", "name of the supplier"),
    "customer_name": Sentence("客户名称", "name of the customer"),
    "place": Sentence("仓库（同一厂区里）", "warehouse (within the site)"),
    "price": Sentence("单价", "price"),
    "line": Sentence("行号", "line"),
}


def called(table: str, lang: Language) -> str:
    """A table by the name that people know."""
    return Sentence(TABLES[table].zh, TABLES[table].name.replace("_", " ")).template(lang)


def columns_of(table: str, lang: Language) -> list[tuple[str, str]]:
    """By name, what its columns are called: what a head of a sheet may mean."""
    own = [(column.name, column.header(lang).replace("_", " ")) for column in TABLES[table].columns]
    names = {name for name, _ in own}
    beside = [*MINE.get(table, ()), *(name for name in ("name", "name_en") if name in SYNONYMS.get(table, {}))]
    return own + [(name, BESIDE[name].template(lang)) for name in beside if name not in names]
