"""What stands below an input, in Chinese: by the description that its request has in English."""

from huoku.language import Language, Sentence

ZH = {
    "Why it has its minimum, as it said; for talks alone.": "供应商自己说的起订原因，只用于谈判。",
    "Of a small lot the least, 0 for any; of a contract all of it.": (
        "小批报价：最少做多少，不限填 0；按需叫货：合同一共多少。"
    ),
    "Of one unit.": "每个单位的价钱。",
    "When the terms begin that it belongs to; empty: those that hold last.": "属于哪天起的供货条件；不填是最后生效的。",
    "Why so, in a line; kept with the decision.": "一行理由，和决定一起留下。",
    "Of the small lot, or of each call.": "小批报价收一次，按需叫货每次都收。",
    "Each call is a multiple of it; 0: any.": "每次叫货要是它的整数倍；0 表示不限。",
    "For each unit that is never called.": "合同里没叫走的，每个单位补偿多少。",
    "From the order, or the call, to its arrival.": "从下单或叫货到货要多少天。",
    "The supplier's number of the paper, or its day.": "对方报价单上的号；没有就写日期。",
    "A written offer that it takes, with its supplier and price.": "按哪张书面报价买；供应商和单价照它。",
    "Whose it is. On pages: the number of a paper and its line, such as SO-2026-00012/3.": (
        "留给谁：写单号和行号，例如 SO-2026-00012/3；只有一行的写单号就行。"
    ),
    "Whose tasks it tells.": "通知哪些岗位的任务，每行一个。",
    "What messages are signed with.": "用来给消息签名，填好后不再显示。",
    "This site's tasks alone; all where empty.": "只通知这个厂区的任务；不填就是全部。",
    "From this hour on nothing is sent.": "从这个钟点起不发。",
    "Until this hour nothing is sent.": "到这个钟点才发。",
    "Gathered until this hour; at once where empty.": "攒到这个钟点一起发；不填就马上发。",
    "Kinds of row, such as sales.salesorder; all where empty.": "哪些单据的任务，如 sales.salesorder；不填就是全部。",
    "As it was where empty; a blank one is forgotten.": "不填就不改。",
    "All, due within a week, or due tomorrow.": "全部、一周内到期，还是明天以前到期。",
    "The product that the copy is for; the same one with another revision, too.": (
        "复制给哪个产品；也可以还是它，换个版本号。"
    ),
    "The one after the old revision where empty.": "空着就用原版本的下一个。",
    "Left out where empty.": "空着就是去掉。",
    "Units of the new one for one unit of the old.": "原来用一个，现在用几个。",
    "All that is left where empty.": "空着就是剩下的全部。",
    "The contract's day where empty.": "空着就按合同的日期。",
    "Where the contract names none.": "合同没写客户时填。",
    "The last day of it.": "最后一天（含当天）。",
    "0 for the unit pcs, else 3.": "单位是 pcs 时为 0，否则为 3。",
    "Of the item's own unit, in one of this unit: 12 for a dozen, 1/3.": (
        "一个这种单位合多少个基本单位：一打填 12，也可填 1/3。"
    ),
    "Units of the substitute for one unit of the item.": "顶一个单位的原料要几个单位的替代料。",
    "Only in this product; in every one where empty.": "只用于这个产品；不填对所有产品有效。",
    "The code of its site.": "所在厂区的编码。",
    "The same day where empty.": "不填就是同一天。",
    "1 is Monday: of these days of the week alone; all of them where empty.": (
        "1 是星期一；只改这几天，不填就是每一天。一行一个。"
    ),
    "The whole factory where empty.": "不填对全厂有效。",
    "The balance: what lies at one place, of one lot, owner and status.": (
        "库存行：一个库位、一个批次、同一归属和状态的料。"
    ),
    "Empty: all of it.": "不填就是全部。",
    "Confirmed by whoever is to bring it.": "供货方已经确认。",
    "For programs: values by TABLE.KEY.COLUMN, such as demands.SO-2026-00001.qty, make it a trial. The page What if "
    "asks for them in words.": (
        "给程序用：按 表.编号.列 写值，如 demands.SO-2026-00001.qty，就是试算。在页面上请用“模拟”。"
    ),
    "What the page or the buyer adds to the text.": "在现成的话后面补充的内容。",
    "The supplier's where empty.": "不填就用供应商的。",
    "The kind of document, such as sales.salesorder.": "单据种类，如 sales.salesorder。",
    "The kind of row, such as sales.salesorder.": "哪一类，如 sales.salesorder。",
    "The next number is one above.": "下一个号是它加一。",
    "The customer's where empty.": "不填就用客户的。",
    "Of a paper that exists already; else the next one.": "补录已有的纸单时填它的号；不填自动编号。",
    "Where it is shipped from; any site where empty.": "从哪个厂区发货；不填哪里都行。",
    "How long; the company's rule where empty.": "保留多少小时；不填按公司规定。",
    "Promise the first possible day where it is after the due day.": "按期交不了时，改为答应最早能交的日期。",
    "The new quantity of the line; 0 takes it out.": "这一行的新数量；填 0 就是取消这一行。",
    "Wanted where something is still open.": "还有没交完的，要写原因。",
    "Where the goods are to be received.": "货收到哪个库位。",
    "For all of them; empty: the preferred one of each.": "全部向这一家买；不填就各用首选供应商。",
    "Of the company's currency for one of the order's.": "一单位订单币种合多少本位币。",
    "The supplier takes it below his minimum order value.": "供应商同意低于最低起订金额。",
    "None named: all that are not checked off yet.": "不填就是还没核对的全部。",
    "Empty: today.": "不填为今天。",
    "Take more than the tolerance; wants a right.": "超出允许范围也收下；需要权限。",
    "Agreed by hand; empty: by the supplier's terms.": "谈定的价格；不填按供应商的价格条款。",
    "Empty: after the supplier's lead time.": "不填就按供应商的交期推算。",
    "Empty: as the company set it.": "不填按公司规定。",
    "Its number on a paper that exists already; else after the last one.": "补录纸单时填原来的行号；不填接着往下编。",
    "Where it lies now; empty: where it was received.": "现在放在哪里；不填就是收货的地方。",
    "Why some are rejected.": "为什么有不合格的。",
    "As what it lies there.": "它在那里的库存状态。",
    "When the supplier brings others; empty: never.": "供应商哪天补货；不填就是不补。",
    "Where none is given: by the item's lead time.": "不填按物料的提前期推算。",
    "The place that what is made is put to.": "做好以后放到哪个库位。",
    "The place where its materials lie until they are used.": "料在用掉之前放在哪个在制库位。",
    "For what it is made, such as sales.line:5.": "为什么需求而做，如 sales.line:5。",
    "So much of it is kept for the demand; else all.": "其中多少留给这个需求；不填就是全部。",
    "Components that are taken by themselves when work is reported.": "报工时自动扣料的子件，每行一个编码。",
    "The component's seq in the order.": "工单用料里的行号。",
    "Instead of the lots that expire first; wants a reason.": "不用先到期的批次时填；要写原因。",
    "Also wanted for more than is needed.": "超过需要的数量时也要写。",
    "Wanted where several lots lie at the work.": "在制处有几个批次时要填。",
    "The seq of the component that it stands for.": "它顶替的那行用料的行号。",
    "Of the substitute, in its unit.": "替代料的数量，用它自己的单位。",
    "Units of the substitute for one of the item, where the item master has none.": (
        "顶一个原料要几个替代料；物料档案里没有时填。"
    ),
    "What may go wrong with it; wanted where the item master has none.": "用它有什么风险；物料档案里没有时要写。",
    "Wanted where less was made than ordered.": "做得比下单的少，要写原因。",
    "Wanted where materials stay at the work.": "还有料留在在制处，要写原因。",
    "Where what was issued comes back to; else it stays at the work.": "已发的料退到哪里；不填就留在在制处。",
    "What happened, in a few words.": "出了什么事，简单写几个字。",
    "Why it is scrap; wanted where there is any.": "报废原因；有报废就要写。",
    "Of what was made; the order's number where none is given.": "成品的批号；不填就用工单号。",
    "What was really used of a component; the rest by the recipe.": "实际用掉的料；没写的按用料标准扣。",
    "It begins on this day. The plan lays everything else around it.": "从这一天开始做，其余工作由计划围着它排。",
    "Another resource that does it; else it stays where it is.": "换一台设备或班组来做；不填不换。",
    "The line's seq in the list.": "拣料单里的行号。",
    "What was found; all of it where none is given.": "实际拿到多少；不填就是全部。",
    "The rest follows: another lot, another bin of it.": "剩下的接着拿：另一个批次或另一个库位。",
    "Wanted where not all was found.": "没有全部找到，要写原因。",
    "Why it is undone.": "为什么撤回。",
    "From where; between sites anything at its site may go, this place first.": (
        "从哪里调出；跨厂区时该厂区的料都可以调，先用这个库位的。"
    ),
    "To where.": "调到哪里。",
    "When it is to leave; empty: today.": "哪天发出；不填为今天。",
    "Empty: by the lead time of the way.": "不填按调拨路线的天数推算。",
    "Instead of all that it has.": "替换原来的全部明细。",
    "None named: all of it.": "不写就是全部。",
    "Wanted where something is damaged, or more came than was sent.": "有损坏，或收到的比发出的多，要写原因。",
    "The number of the work order.": "工单号。",
    "Where it is not to be found, though the book has it there.": "账上有、实际找不到的库位。",
    "So much of it is not there; all that is kept, if empty.": "少了多少；不填就是给它留的全部。",
    "What really lies there, also what is kept for others.": "那里实际有多少，留给别人的也算。",
    "Where; the place at which it was not found, if empty.": "在哪里；不填就是没找到料的那个库位。",
    "Wanted where the item is kept by lot; lot by lot then.": "按批次管理的料要填，一批一批核对。",
    "Wanted where something is still missing.": "还缺着就要写原因。",
    "What it still takes from the stores; everything else left them already.": "还要从仓库领的料；其余的早已领走。",
    "What keeps it from happening again, and by whom.": "怎样才不再发生，由谁负责。",
    "To hurry a supplier: the day that he is asked for.": "催货时：要求供应商哪天到。",
    "The ways that are taken together.": "一起选的办法。",
    "What was agreed for haste, in the company's currency.": "谈定的加急费，本位币。",
    "Empty: the customer's.": "不填就用客户的。",
    "Who said so, and how.": "谁答复的，怎么答复的。",
    "What is wrong with it.": "哪里不对。",
    "Empty: the supplier's.": "不填就用供应商的。",
}


def explained(description: str, lang: Language) -> str:
    """A description in the reader's language; as it is where nobody has translated it."""
    return Sentence(ZH.get(description, description), description).template(lang)
