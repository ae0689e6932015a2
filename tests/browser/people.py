"""Somebody before a browser: goes to pages, fills in forms, presses what is there to be pressed, and reads."""

from typing import Any

MAIN = "main form .btn-primary"
"""The one button for which a form is there."""


class Person:
    """``page`` is a Playwright page. Whatever answers with an error fails at once."""

    def __init__(self, page: Any, desk: str, language: str) -> None:
        self.page, self.desk, self.language, self.login = page, desk, language, ""

    def sign_in(self, login: str, password: str) -> "Person":
        self.login = login
        self.goes("/account/login/")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", password)
        return self.presses("form:has(input[name=password]) button[type=submit]")

    def says(self, zh: str, en: str) -> str:
        """The words in his language."""
        return zh if self.language.startswith("zh") else en

    def goes(self, address: str) -> "Person":
        answer = self.page.goto(f"{self.desk}{address}")
        assert answer.ok, (address, answer.status)
        return self

    def presses(self, what: str) -> "Person":
        """Press what leads to another page, and wait for it; where it lies in a menu, open that first."""
        within = self.page.locator(what.removeprefix("main .act "))  # as it is found from the menu
        menu = self.page.locator("details.menu-of:not([open])", has=within)
        if menu.count():
            menu.locator("summary").click()
        with self.page.expect_navigation():
            self.page.click(what)
        return self

    def fills(self, **fields: object) -> "Person":
        """``lines_0_item`` is the field ``lines-0-item``."""
        for name, value in fields.items():
            self.page.fill(f"main [name={name.replace('lines_0_', 'lines-0-')}]", str(value))
        return self

    def makes(self, table: str, **fields: object) -> int:
        """Fill in the form for a new row; its id."""
        self.goes(f"/office/{table}/new").fills(**fields).presses(MAIN)
        return self.row_here()

    def row_here(self) -> int:
        """The id in the address of the page of a row."""
        last = self.page.url.rstrip("/").rsplit("/", 1)[-1]
        assert last.isdigit(), (self.page.url, self.reads("main"))
        return int(last)

    def does(self, action: str, **fields: object) -> "Person":
        """Press the button of an action at the top of the page of a row, and send its form."""
        self.presses(f"main .act a[href$='/do/{action}']").fills(**fields).presses(MAIN)
        self.row_here()
        return self

    def reads(self, what: str = "main") -> str:
        text: str = self.page.inner_text(what)
        return " ".join(text.split())

    def rows(self, table: str, **asked: object) -> list[dict[str, Any]]:
        """What he may read of a table, as programs read it."""
        answer = self.page.request.get(f"{self.desk}/api/v1/DEMO/{table}", params=asked)
        assert answer.ok, answer.text()
        found: list[dict[str, Any]] = answer.json()["rows"]
        return found

    def may_open(self, address: str) -> bool:
        return bool(self.page.request.get(f"{self.desk}{address}").ok)

    def source(self, address: str) -> str:
        """All that the server sends of a page."""
        answer = self.page.request.get(f"{self.desk}{address}")
        assert answer.ok, (address, answer.status)
        return str(answer.text())
