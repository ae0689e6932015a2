"""What is doubtful of a draft: prices that lack, and what the supplier's terms would rather have."""

from collections.abc import Mapping, Sequence

from huoku.language import Sentence
from huoku.server.platform.exact import minor_digits, plain
from huoku.server.purchasing.models import PurchaseLine, PurchaseOrder
from huoku.server.purchasing.pricing import Terms

BELOW_MOQ = Sentence(
    "{item}：共 {qty}，供应商起订量是 {moq}。", "{item}: {qty} in all, while the supplier's smallest order is {moq}."
)
NOT_MULTIPLE = Sentence(
    "{item}：共 {qty}，不是整包量 {multiple} 的整数倍。", "{item}: {qty} in all are no whole packs of {multiple}."
)
NO_PRICE = Sentence("{item}：还没有价格。", "{item}: there is no price yet.")
NO_SOURCE = Sentence("{item}：没有这家供应商今天有效的货源。", "{item}: no terms of this supplier are valid today.")
BELOW_MINIMUM = Sentence(
    "货款还差 {missing} {currency} 才到供应商的最低订单金额 {least}。",
    "The goods lack {missing} {currency} of the supplier's minimum order value of {least}.",
)


def remarks(order: PurchaseOrder, lines: Sequence[PurchaseLine], terms: Mapping[int, Terms]) -> list[dict[str, str]]:
    """What is doubtful of a draft, in both languages."""
    found: list[dict[str, str]] = []

    def say(code: str, words: Sentence, **values: object) -> None:
        found.append({"code": code, "zh": words.say("zh", **values), "en": words.say("en", **values)})

    items = {line.item_id: line.item for line in lines}
    for id, item in items.items():
        total = sum(line.qty_steps for line in lines if line.item_id == id)
        known = {"item": item.code, "qty": plain(total, item.decimals)}
        of_item = terms.get(id)
        if of_item is None:
            say("no_source", NO_SOURCE, **known)
        elif total < of_item.moq:
            say("below_moq", BELOW_MOQ, moq=plain(of_item.moq, item.decimals), **known)
        elif of_item.multiple and total % of_item.multiple:
            say("not_multiple", NOT_MULTIPLE, multiple=plain(of_item.multiple, item.decimals), **known)
        if any(line.price_millionths is None for line in lines if line.item_id == id):
            say("no_price", NO_PRICE, **known)
    if order.missing_minor:
        digits = minor_digits(order.currency)
        missing, least = plain(order.missing_minor, digits), plain(order.min_order_value_minor, digits)
        say("below_minimum", BELOW_MINIMUM, missing=missing, least=least, currency=order.currency)
    return found
