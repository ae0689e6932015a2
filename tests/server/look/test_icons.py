"""Every page names its icon: a browser that is told of none asks for one at an address where there is none."""

from pathlib import Path

import huoku.server.look

SERVER = Path(huoku.server.look.__file__).parents[1]
ICON = """rel="icon" href="{% static 'look/sign.svg' %}\""""


def test_every_page_names_the_icon_that_is_there():
    pages = [page for page in SERVER.rglob("templates/**/*.html") if "<!DOCTYPE" in page.read_text("utf-8")]
    assert len(pages) > 7
    assert [page.name for page in pages if ICON not in page.read_text("utf-8")] == []
    assert (SERVER / "look/static/look/sign.svg").is_file()
