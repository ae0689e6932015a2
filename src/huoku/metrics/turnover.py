"""Turnover: how long what lies in stock would last at the pace of the last year."""

YEAR_DAYS = 365.0


def turns(use: float | None, mean_stock: float) -> float | None:
    """Turns a year = 12-month use at cost / mean stock at cost; None without stock, or where the use is not known."""
    return use / mean_stock if use is not None and mean_stock else None


def stock_days(use: float | None, mean_stock: float) -> float | None:
    """Turnover days = mean stock / 12-month use x 365; None without use."""
    return mean_stock / use * YEAR_DAYS if use else None
