"""Where the one action of a partner's page leads: to a list that holds just what is to be done."""

from urllib.parse import urlencode

from django.urls import reverse


def listed(table: str, **asked: str) -> str:
    """The list of a table, filtered: ``supplier="ACME"``, ``state__in="draft,approved"``; ``sort`` as it is."""
    question = {}
    for name, value in asked.items():
        column, _, how = name.partition("__")
        question["sort" if name == "sort" else f"filter[{column}][{how or 'eq'}]"] = value
    return f"{reverse('office_list', args=(table,))}?{urlencode(question)}"
