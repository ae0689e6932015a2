import xml.etree.ElementTree as ET
from hypothesis import HealthCheck, given, settings
from huoku.plan import plan
from huoku.report.page import report_html
from huoku.report import explain
from .small_factories import factories
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(factories())
def test_x(factory):
    for lang in ("zh","en"):
        p=plan(factory,lang=lang)
        for l in ("zh","en"):
            h=report_html(p,l)
            b=ET.fromstring(h.removeprefix("<!doctype html>\n")).find("body")
            t="".join(b.itertext()); assert "None" not in t and "{" not in t and "nan" not in t
        for s in [*p.orders["order"],*factory.demands["demand"],*factory.items["item"],*factory.supplies["supply"]]:
            t=explain(p,s).text(); assert "None" not in t and "{" not in t
            explain(p,s).plot if False else None
    for i in factory.items["item"]:
        from huoku.report import plot_projection
        plot_projection(p,i).svg
