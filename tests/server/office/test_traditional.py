"""Who reads Traditional Chinese reads nothing of ours in Simplified characters; what people wrote stays as it is."""

import re
from functools import cache

import pytest
from tests.server.api.conftest import caller_of

SAID_ALIKE = set("台只出面了几干后里准余系周云并才布念升")
"""Characters that are right in both, each in its own words."""
WRITTEN_BY_PEOPLE = ("简体", "先进先出", "顾客机密")
TEXT = re.compile(r'>([^<]*[一-鿿][^<]*)<|(?:title|aria-label|placeholder|alt)="([^"]*[一-鿿][^"]*)"')


def words_of(page):
    shown = re.sub(r"(?s)<script.*?</script>", "", page)
    return {(text or attribute).strip() for text, attribute in TEXT.findall(shown)}


def is_simplified(text):
    return any(c not in in_traditional(c) for c in text if c not in SAID_ALIKE and "一" <= c <= "鿿")


@cache
def in_traditional(character):
    from opencc import OpenCC

    return OpenCC("s2t").convert(character) + OpenCC("s2tw").convert(
        character
    )  # Taiwan writes 群 where others write 羣


def in_traditional_chinese(client):
    client.cookies["django_language"] = "zh-hant"
    return client


@pytest.mark.slow
def test_no_page_shows_a_reader_of_traditional_chinese_simplified_characters(world):
    from huoku.server.platform.tables.table import TABLES

    client = in_traditional_chinese(world.owner.client)
    pages = ["/", "/account/", "/account/people/", "/desk/buying", "/desk/pegging", "/shop/kitting", "/shop/board"]
    documents = ("items", "sales_orders", "purchase_orders", "work_orders", "shortages", "customer_statements")
    pages += [f"/office/{name}/{world.ids[name]}/{page}" for name in documents for page in ("", "print")]
    for name, table in TABLES.items():
        pages += [f"/office/{name}/"] if name != "audit_entries" else []  # which hold requests as they came
        pages += [f"/office/{name}/new"] if table.add is not None else []
    found = {text: address for address in pages for text in words_of(client.get(address).content.decode())}
    wrong = {text: address for text, address in found.items() if is_simplified(text.replace("简体", ""))}
    assert len(found) > 500
    assert set(wrong) <= {text for text in wrong if any(own in text for own in WRITTEN_BY_PEOPLE)}, wrong


def test_a_name_that_somebody_gave_stays_as_it_was_written(world):
    """The course 先进先出 keeps its name in a page that says 培訓 for 培训."""
    page = in_traditional_chinese(world.owner.client).get(f"/office/courses/{world.ids['courses']}/").content.decode()
    assert "先进先出" in page
    assert "培訓" in page and "培训" not in page


def test_a_refusal_is_told_in_the_caller_s_characters(company):
    answer = caller_of(company, "owner", language="zh-hant").post("/items", {"code": "A", "lead_time_days": "soon"})
    assert [error["hint"] for error in answer.json()["errors"]] == ["應為整數。"]
    assert answer["Content-Language"] == "zh-hant"


def test_the_language_chosen_goes_where_one_signs_in(company):
    from django.test import Client

    from huoku.server.platform.models import User

    person = caller_of(company, "buyer", name="lin")
    assert person.client.post("/account/language/", {"language": "zh-hant", "next": "/"}).status_code == 302
    elsewhere = Client()
    elsewhere.force_login(User.objects.get(username__startswith="lin"))
    assert '<html lang="zh-hant"' in elsewhere.get("/account/").content.decode()
