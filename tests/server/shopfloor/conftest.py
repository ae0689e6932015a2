"""The small factory that makes stands, and people of it at their pages."""

import re
from html import unescape

import pytest
from tests.server.api.conftest import caller_of, nobody_is_too_quick
from tests.server.production.conftest import factory, stands

__all__ = ["factory", "nobody_is_too_quick", "stands"]


class Reader:
    """Somebody before a page: reads it, presses a button of it, fills in a form."""

    def __init__(self, company, role, site=None):
        self.client = caller_of(company, role, site=site, language="zh").client
        self.client.cookies["django_language"] = "zh-hans"
        self.told = ""

    def read(self, address, status=200):
        answer = self.client.get(address, follow=True)
        assert answer.status_code == status, (address, answer.status_code)
        self.address, self.text = answer.request["PATH_INFO"], answer.content.decode()
        return self.text

    def press(self, action, **filled):
        """Send the form of the page that leads to ``action``; what the form holds already is sent along."""
        forms = re.findall(r'<form(?=[^>]*method="post")([^>]*)>(.*?)</form>', self.text, re.S)
        named = [(re.search(r'action="([^"]+)"', about), inside) for about, inside in forms]
        fits = [
            (where, inside)
            for where, inside in named
            if (where and action and where[1].endswith(f"/{action}")) or (not where and not action)
        ]
        where, form = fits[0] if fits else self._by_button(action)
        inputs = re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form)
        fields = {name: unescape(value) for name, value in inputs}
        answer = self.client.post(where[1] if where else self.address, {**fields, **filled}, follow=True)
        assert answer.status_code == 200, answer.status_code
        self.address, self.text = answer.request["PATH_INFO"], answer.content.decode()
        shown = re.sub(r"<template.*?</template>", "", self.text, flags=re.S)
        self.told = " ".join(re.findall(r'<p class="[^"]*" role="status">([^<]*)</p>', shown))
        return self.text

    def _by_button(self, action):
        """Where a button sends a form elsewhere: that address, and the form."""
        button = re.search(rf'<button[^>]*form="([^"]+)"[^>]*(formaction)="([^"]+/{action})"', self.text)
        form = re.search(rf'<form(?=[^>]*id="{button[1]}")[^>]*>(.*?)</form>', self.text, re.S)
        return (button[0], button[3]), form[1]


@pytest.fixture
def reader(company):
    return lambda role="production_lead": Reader(company, role)
