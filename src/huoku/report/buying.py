"""The options of a need in words: the card, the table, the best, and the sentence for the talk with the supplier."""

from collections.abc import Iterator

from huoku.language import SEMICOLON, Language, Sentence
from huoku.plan.buying import Advice, Line
from huoku.report.lessons import lesson_text
from huoku.report.numbers import NOTHING, money, price, qty, share
from huoku.report.side_by_side import side_by_side_table
from huoku.report.stages import STAGES
from huoku.report.terminal import columns

ASKED = Sentence("买料方案：{item} {qty} {unit}，{date} 要", "Options for {qty} {unit} of {item}, wanted on {date}")
OF_ORDER = Sentence("（计划订单 {order}）", " (planned order {order})")
CARD = Sentence(
    "起订量多买：需要 {need} {unit}，起订量 {minimum}，要买 {bought}，多 {excess}（占 {share}），占用资金 {tied}；"
    "预计损失 {loss}（采购额的 {loss_share}），{grade}（{stage}{raised} 起偏高，{high} 起高）。",
    "Excess under the minimum: {need} {unit} needed, minimum {minimum}, {bought} to buy, {excess} too many ({share}), "
    "{tied} tied up; expected loss {loss}, {loss_share} of the purchase: {grade} ({stage}raised from {raised}, high "
    "from {high}).",
)
OF_STAGE = Sentence("{stage} ", "{stage}: ")
GRADES = {
    "low": Sentence("风险低", "low risk"),
    "raised": Sentence("风险偏高", "raised risk"),
    "high": Sentence("风险高", "high risk"),
}
KINDS = {
    "minimum": Sentence("按起订量买", "the minimum"),
    "to_break": Sentence("买到下一个价格阶梯", "up to a price break"),
    "small_lot": Sentence("加价买小批量", "a small lot at a premium"),
    "other_supplier": Sentence("换供应商", "another supplier"),
    "mix": Sentence("几家一起买", "from several"),
    "split_delivery": Sentence("一份合同分批送货", "one contract, several deliveries"),
    "substitute": Sentence("用替代料", "a substitute"),
    "together": Sentence("和同一供应商的其他料一起买", "together with other parts of the vendor"),
    "wait": Sentence("等后面的需求一起买", "wait and join the next need"),
    "pull_forward": Sentence("连后面的需求一起先买", "buy the next need now too"),
    "share": Sentence("和别家拼单", "share with others"),
    "redesign": Sentence("改设计", "change the design"),
    "charge": Sentence("余料请客户承担", "charge the customer for the rest"),
    "decline": Sentence("不接这张单", "decline the order"),
}
SHORT = {
    "minimum": Sentence("按起订量买", "buy the MOQ"),
    "to_break": Sentence("买到阶梯价", "price break"),
    "small_lot": Sentence("小批量价", "small lot"),
    "other_supplier": Sentence("换供应商", "other supplier"),
    "mix": Sentence("几家一起买", "from several"),
    "split_delivery": Sentence("分批送货", "split delivery"),
    "substitute": Sentence("用替代料", "substitute"),
    "together": Sentence("同家拼单", "joint order"),
    "wait": Sentence("等单合买", "wait and join"),
    "pull_forward": Sentence("提前合买", "buy ahead"),
    "share": Sentence("和别家拼", "share"),
    "redesign": Sentence("改设计", "redesign"),
    "charge": Sentence("客户承担", "customer pays"),
    "decline": Sentence("不接这张单", "decline"),
}
"""The same in few words, for heads and charts."""
PARTS = {
    "cash": Sentence("付给供应商", "paid to the supplier"),
    "extra": Sentence("晚到和动用库存的代价", "being late, stock that is taken"),
    "holding": Sentence("余料的资金和仓储", "keeping the rest"),
    "reused": Sentence("余料以后用掉，省下再买", "saved later by the part of the rest that is used"),
    "salvaged": Sentence("用不掉的余料变卖", "what the other part fetches"),
    "uncalled": Sentence("合同里没叫的数量赔偿", "fees for what is never called"),
    "called": Sentence("按合同价叫货省下", "saved by calling at the contract's price"),
    "chance": Sentence("可能付出或收回的钱", "money that may be paid or received"),
}
"""What an expected cost is made of."""
BY_PLAN = Sentence(" ←计划", " <- the plan")
HEADS = (
    Sentence("方案", "option"),
    Sentence("对象", "whom"),
    Sentence("买多少", "buy"),
    Sentence("现付", "cash now"),
    Sentence("预期成本", "expected cost"),
    Sentence("最坏一成", "worst tenth"),
    Sentence("余料", "left over"),
    Sentence("余料价值", "its value"),
    Sentence("几周用完", "weeks to use"),
    Sentence("用不掉", "never used"),
    Sentence("到货", "date"),
)
FIGURES = {2, 3, 4, 5, 6, 7, 8, 9}
TAKEN = Sentence("计划照此下单。", "That is what the plan does.")
TAKES = Sentence(
    "计划自己能做到的是：{kind}{whom}，预期成本 {cost}；建议的办法要有人去谈或去定，可省 {saved}。",
    "The plan by itself takes: {kind}{whom}, expected cost {cost}; the best way is for somebody to arrange and saves "
    "{saved}.",
)
BEST = Sentence("建议：{kind}{whom}，预期成本 {cost}。", "Best: {kind}{whom}, expected cost {cost}.")
WHOM = Sentence("（{whom}）", " ({whom})")
LIMITS = Sentence("老板的上限：{limits}。", "The owner's limits: {limits}.")
EXCESS_LIMIT = Sentence("一次采购至多剩下 {part}{stage}", "at most {part} of a purchase left over{stage}")
RISK_LIMIT = Sentence("最坏一成至多比预期多花 {money}", "the worst tenth at most {money} above the expected cost")
ITS_STAGE = Sentence("（{stage}）", " ({stage})")
OVER = Sentence(
    "没有方案能守住风险上限和余料上限；这里给出超得最少的。",
    "No option keeps the owner's limits; the one that breaks them least is given.",
)
NO_OPTION = Sentence("没有供应商、替代料或其他办法。", "There is no supplier, substitute or other way.")
DEARER = Sentence("按起订量买，比最好的办法多花 {money}。", "The minimum costs {money} more than the best way.")
REASONS = {
    "setup": Sentence(
        "起订量是为了换产：价钱不变只做 {qty} {unit}，换产费另付，{allowance} 以内都划算",
        "Their minimum pays for a set-up: {qty} {unit} alone at the same price, with up to {allowance} for the set-up, "
        "is as good as the best way",
    ),
    "freight": Sentence(
        "起订量是为了运费：价钱不变只送 {qty} {unit}，运费我们付或者自提，{allowance} 以内都划算",
        "Their minimum pays for freight: {qty} {unit} alone at the same price, with up to {allowance} for freight, or "
        "fetched by us, is as good as the best way",
    ),
    "administration": Sentence(
        "起订量是为了少开单：价钱不变只要 {qty} {unit}，每单手续费 {allowance} 以内都划算；"
        "也可以一年签一份合同，按需叫货",
        "Their minimum saves paperwork: {qty} {unit} alone at the same price, with up to {allowance} a time, is as "
        "good as the best way; or one contract for the year, called as needed",
    ),
    "material": Sentence(
        "起订量是因为他们的原料也有起订量：只做 {qty} {unit}，剩下的原料我们认领，{allowance} 以内都划算；"
        "也可以和别家拼",
        "Their minimum is that of their own material: {qty} {unit} alone, with up to {allowance} for the material that "
        "stays with them, is as good as the best way; or share it with others",
    ),
}
OFFER = Sentence("谈判时可以提：{sentence}。", "To offer in the talk: {sentence}.")
ASK_REASON = Sentence(
    "先问清楚起订量是为了什么：换产、运费、单据还是原料（货源表的“起订原因”）。",
    "Ask first what their minimum is for: set-up, freight, paperwork or material (moq_reason in the table sources).",
)
ACCEPT = Sentence(
    "谈判时至多能接受的条件（和现有最好的办法一样划算，底价自己掌握）：",
    "The most that we can accept in the talk: each is as good as the best way there is (for us alone):",
)
ACCEPT_HEADS = (
    Sentence("起订量", "minimum"),
    Sentence("一次送到，单价至多", "all at once, at up to"),
    Sentence("按需叫货，单价至多", "called as needed, at up to"),
)
VOLUME = Sentence(
    "今后 {months} 个月预计一共要 {qty} {unit}：",
    "In the next {months} {months|month|months} we expect to need {qty} {unit} in all:",
)
VOLUME_HEADS = (
    Sentence("数量", "quantity"),
    Sentence("单价", "price"),
    Sentence("预计第几个月够", "reached in month"),
    Sentence("够的把握", "odds"),
)
SAY = Sentence("可以对供应商说：{sentence}。", "To say in the talk: {sentence}.")
KNOW = Sentence("自己心里有数，不用对供应商说：{sentence}。", "For us alone, not for the talk: {sentence}.")


def options_text(advice: Advice, lang: Language | None = None) -> str:
    """Lines for a terminal; by default in the advice's language."""
    return "\n".join(_lines(advice, lang or advice.lang))


def heading(advice: Advice, lang: Language) -> str:
    """What was asked for."""
    name = f"{advice.item} {advice.item_name}".strip()
    asked = ASKED.say(lang, item=name, qty=qty(advice.qty), unit=advice.unit, date=advice.wanted)
    return asked + (OF_ORDER.say(lang, order=advice.order) if advice.order else "")


def verdict(advice: Advice, lang: Language) -> Iterator[str]:
    """The best option, and whether it keeps the owner's limit."""
    best = advice.best
    if best is None:
        yield NO_OPTION.say(lang)
        return
    whom = WHOM.say(lang, whom=best.whom) if best.whom else ""
    yield BEST.say(lang, kind=KINDS[best.kind].say(lang), whom=whom, cost=money(best.cost, advice.currency))
    if (limits := limits_text(advice, lang)) is not None:
        yield limits
    if not advice.is_within_limit:
        yield OVER.say(lang)
    taken = advice.taken
    if best.taken:
        yield TAKEN.say(lang)
    elif taken is not None and not best.by_plan:
        yield TAKES.say(
            lang,
            kind=KINDS[taken.kind].say(lang),
            whom=WHOM.say(lang, whom=taken.whom) if taken.whom else "",
            cost=money(taken.cost, advice.currency),
            saved=money(taken.cost - best.cost, advice.currency),
        )


def card_text(advice: Advice, lang: Language) -> str | None:
    """The MOQ-excess card in one sentence; None where nobody offers the item."""
    card = advice.card
    if card is None:
        return None
    quantities = {name: qty(getattr(card, name)) for name in ("need", "minimum", "bought", "excess")}
    return CARD.say(
        lang,
        **quantities,
        unit=advice.unit,
        share=share(card.excess_share),
        tied=money(card.cash_tied_up, advice.currency),
        loss=money(card.expected_loss, advice.currency),
        loss_share=share(card.loss_share),
        grade=GRADES[card.grade].say(lang),
        stage=_of_stage(OF_STAGE, advice, lang),
        raised=share(advice.dead_warn),
        high=share(advice.dead_alarm),
    )


def _of_stage(words: Sentence, advice: Advice, lang: Language) -> str:
    """The stage of the company in such words; nothing where none is given."""
    stage = STAGES.get(advice.company_stage)
    return "" if stage is None else words.say(lang, stage=stage.say(lang))


def limits_text(advice: Advice, lang: Language) -> str | None:
    """The owner's limits in one sentence; None where there are none."""
    told = []
    if advice.excess_limit is not None:
        told.append(EXCESS_LIMIT.say(lang, part=share(advice.excess_limit), stage=_of_stage(ITS_STAGE, advice, lang)))
    if advice.risk_limit is not None:
        told.append(RISK_LIMIT.say(lang, money=money(advice.risk_limit, advice.currency)))
    return LIMITS.say(lang, limits=SEMICOLON.say(lang).join(told)) if told else None


def remembered(advice: Advice, lang: Language) -> Iterator[str]:
    """What purchases like this one came to, as far as their cases are closed."""
    return (lesson_text(lesson, advice.currency, lang) for lesson in advice.lessons)


def talk(advice: Advice, lang: Language) -> Iterator[str]:
    """What to say to the supplier: what its minimum costs us, and the break-even of each larger purchase."""
    if advice.pack is not None and advice.pack.opportunity > 0:
        yield DEARER.say(lang, money=money(advice.pack.opportunity, advice.currency))
    yield from about_reason(advice, lang)
    for line in advice.lines:
        if line.break_even is not None and line.kind in ("minimum", "to_break"):
            # Whoever hears that its minimum pays has no reason to lower it.
            words = KNOW if line.break_even.pays else SAY
            yield words.say(lang, sentence=break_even_text(line, advice, lang))


def about_reason(advice: Advice, lang: Language) -> Iterator[str]:
    """What to offer instead of the minimum, by the reason that the supplier has for it; else, to ask for the reason."""
    minimum, allowance = advice.minimum, advice.allowance
    if minimum is None or minimum.leftover <= 0:
        return
    if advice.moq_reason is None:
        yield ASK_REASON.say(lang)
    elif advice.moq_reason in REASONS and allowance is not None and allowance > 0:
        words = REASONS[advice.moq_reason].say(
            lang, qty=qty(advice.qty), unit=advice.unit, allowance=money(allowance, advice.currency)
        )
        yield OFFER.say(lang, sentence=words)


Table = tuple[str, list[tuple[str, ...]]]
"""A line above it, and its rows, the heads first."""


def pack_tables(advice: Advice, lang: Language) -> Iterator[Table]:
    """The pack for the talk: what could be accepted, and the volume that is brought."""
    pack, currency = advice.pack, advice.currency
    if pack is None or (advice.card is not None and advice.card.excess <= 0):
        return
    points = [(qty(one.qty), price(one.at_once, currency), price(one.in_calls, currency)) for one in pack.points]
    yield ACCEPT.say(lang), [tuple(head.say(lang) for head in ACCEPT_HEADS), *points]
    reached = [
        (qty(one.qty), price(one.price, currency), NOTHING if one.month is None else str(one.month), share(one.chance))
        for one in pack.reached
    ]
    above = VOLUME.say(lang, months=len(pack.expected), qty=qty(round(pack.expected[-1])), unit=advice.unit)
    yield above, [tuple(head.say(lang) for head in VOLUME_HEADS), *reached]


def break_even_text(line: Line, advice: Advice, lang: Language) -> str:
    """500 at 1.00 pays only if ..."""
    found = line.break_even
    assert found is not None
    return found.sentence.say(
        lang,
        qty=qty(line.qty),
        unit=advice.unit,
        price=price(line.unit_price, advice.currency),
        needed=share(found.needed),
        share=share(found.odds),
        low=share(found.low),
        high=share(found.high),
    )


def cells(line: Line, advice: Advice, lang: Language) -> tuple[str, ...]:
    """One option as the cells of a row under ``HEADS``."""
    has_rest = line.leftover > 0
    return (
        KINDS[line.kind].say(lang) + (BY_PLAN.say(lang) if line.taken else ""),
        line.whom or NOTHING,
        qty(line.qty) if line.in_all is None else f"{qty(line.qty)} / {qty(line.in_all)}",
        money(line.cash, advice.currency),
        money(line.cost, advice.currency),
        money(line.cvar, advice.currency),
        qty(line.leftover),
        money(line.leftover_value, advice.currency),
        NOTHING if line.weeks is None else f"{line.weeks:,.0f}",
        share(line.dies) if has_rest else NOTHING,
        NOTHING if line.date is None else line.date.isoformat(),
    )


def _lines(advice: Advice, lang: Language) -> Iterator[str]:
    yield heading(advice, lang)
    if (card := card_text(advice, lang)) is not None:
        yield card
    yield from remembered(advice, lang)
    yield from verdict(advice, lang)
    if advice.lines:
        heads = tuple(head.say(lang) for head in HEADS)
        yield from (
            f"  {line}" for line in columns([heads, *(cells(one, advice, lang) for one in advice.lines)], FIGURES)
        )
    yield from talk(advice, lang)
    for above, rows in pack_tables(advice, lang):
        yield above
        yield from (f"  {line}" for line in columns(rows, {0, 1, 2, 3}))
    if (sheet := side_by_side_table(advice, lang)) is not None:
        above, rows = sheet
        yield above
        yield from (f"  {line}" for line in columns(rows, set(range(1, len(rows[0])))))
