"""An amount of money as it is written out on Chinese papers, where no digit can be changed by a stroke (大写金额)."""

from decimal import ROUND_HALF_UP, Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")


def amount_in_chinese(amount: Decimal) -> str:
    """``壹万零伍佰元叁角整`` for 10500.30. Raises ValueError below 0 and from 10^16 on.

    Noughts between digits are written once; what ends in whole yuan or jiao ends in 整.
    """
    cents = int(amount.quantize(Decimal("0.01"), ROUND_HALF_UP) * 100)
    if not 0 <= cents < 10**18:
        raise ValueError(f"{amount} is not written out")
    whole, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    told = f"{_whole(whole)}元" if whole else ""
    if jiao:
        told += f"{DIGITS[jiao]}角"
    if fen:
        told += ("零" if whole and not jiao else "") + f"{DIGITS[fen]}分"
    return (told or "零元") + ("" if fen else "整")


def _whole(value: int) -> str:
    told, is_gap = "", False
    for place in reversed(range(len(GROUPS))):
        group = value // 10 ** (4 * place) % 10_000
        if not group:
            is_gap = bool(told)
            continue
        if told and (is_gap or group < 1_000):
            told += "零"
        told += _group(group) + GROUPS[place]
        is_gap = False
    return told


def _group(value: int) -> str:
    """Four digits with their places."""
    told = ""
    for place in reversed(range(4)):
        digit = value // 10**place % 10
        if digit:
            told += DIGITS[digit] + PLACES[place]
        elif told and value % 10**place and not told.endswith("零"):
            told += "零"
    return told
