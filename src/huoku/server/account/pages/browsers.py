"""What a browser calls itself, as people call it: Chrome on Windows, WeCom on Android."""

BROWSERS = (
    *(("wxwork", "WeCom"), ("DingTalk", "DingTalk"), ("Lark", "Feishu"), ("MicroMessenger", "WeChat"), ("Edg", "Edge")),
    *(("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")),
)
"""By what stands in its name; who calls himself several of these is the first."""
SYSTEMS = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS")),
    ("Linux", "Linux"),
)


def browser_of(user_agent: str) -> str:
    """Browser and system; the beginning of the name where neither is known."""
    found = (next((name for word, name in known if word in user_agent), "") for known in (BROWSERS, SYSTEMS))
    return " · ".join(name for name in found if name) or user_agent[:40] or "—"
