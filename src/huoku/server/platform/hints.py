"""What would be right, in the user's language, for each thing that can be wrong with a field."""

from collections.abc import Mapping
from typing import Any

from huoku.language import Language, Sentence

HINTS: dict[str, Sentence] = {
    "missing": Sentence("必填。", "It is required."),
    "extra_forbidden": Sentence("没有这个字段。", "There is no such field."),
    "string_type": Sentence("应为文本。", "Text is wanted."),
    "string_too_short": Sentence(
        "至少 {min_length} 个字符。", "At least {min_length} {min_length|character|characters}."
    ),
    "string_too_long": Sentence(
        "最多 {max_length} 个字符。", "At most {max_length} {max_length|character|characters}."
    ),
    "string_pattern_mismatch": Sentence("格式不对。", "It is not of the form that is wanted."),
    "int_type": Sentence("应为整数。", "A whole number is wanted."),
    "int_parsing": Sentence("应为整数。", "A whole number is wanted."),
    "int_from_float": Sentence("应为整数。", "A whole number is wanted."),
    "bool_type": Sentence("应为 true 或 false。", "true or false is wanted."),
    "bool_parsing": Sentence("应为 true 或 false。", "true or false is wanted."),
    "decimal_type": Sentence("应为小数，写成文本，如 12.5。", "A decimal is wanted, as text, such as 12.5."),
    "decimal_parsing": Sentence("应为小数，写成文本，如 12.5。", "A decimal is wanted, as text, such as 12.5."),
    "decimal_max_digits": Sentence("最多 {max_digits} 位数字。", "At most {max_digits} {max_digits|digit|digits}."),
    "decimal_max_places": Sentence(
        "最多 {decimal_places} 位小数。", "At most {decimal_places} {decimal_places|digit|digits} after the point."
    ),
    "finite_number": Sentence("应为普通的数。", "An ordinary number is wanted."),
    "greater_than": Sentence("应大于 {gt}。", "More than {gt} is wanted."),
    "greater_than_equal": Sentence("不能小于 {ge}。", "At least {ge} is wanted."),
    "less_than": Sentence("应小于 {lt}。", "Less than {lt} is wanted."),
    "less_than_equal": Sentence("不能大于 {le}。", "At most {le} is wanted."),
    "date_type": Sentence("应为日期，如 2026-03-31。", "A date is wanted, such as 2026-03-31."),
    "date_parsing": Sentence("应为日期，如 2026-03-31。", "A date is wanted, such as 2026-03-31."),
    "date_from_datetime_parsing": Sentence("应为日期，如 2026-03-31。", "A date is wanted, such as 2026-03-31."),
    **dict.fromkeys(
        ("datetime_type", "datetime_parsing", "datetime_from_date_parsing"),
        Sentence(
            "应为带时区的时间，如 2026-03-31T18:00:00+08:00。",
            "A time with its offset is wanted, such as 2026-03-31T18:00:00+08:00.",
        ),
    ),
    "timezone_aware": Sentence("时间要带时区，如 +08:00。", "The time needs its offset, such as +08:00."),
    "moment_range": Sentence("应在 {first} 年到 {last} 年之间。", "It should be from {first} on and before {last}."),
    "enum": Sentence("可以是 {expected}。", "Possible are {expected}."),
    "literal_error": Sentence("可以是 {expected}。", "Possible are {expected}."),
    "list_type": Sentence("应为数组。", "An array is wanted."),
    "dict_type": Sentence("应为对象。", "An object is wanted."),
    "model_type": Sentence("应为对象。", "An object is wanted."),
    "too_short": Sentence("至少 {min_length} 项。", "At least {min_length} of them."),
    "too_long": Sentence("最多 {max_length} 项。", "At most {max_length} of them."),
}
FORMS: dict[str, Sentence] = {}
"""What texts of each pattern look like, for ``said``."""
NOT_RIGHT = Sentence("这个值不对。", "This value is not right.")


def said(pattern: str, zh: str, en: str) -> str:
    """The pattern; who writes something else is told what would be right, where the pattern is declared."""
    FORMS[pattern] = Sentence(zh, en)
    return pattern


def hint(error: Mapping[str, Any], lang: Language) -> str:
    """The hint for one error of pydantic's."""
    told = error.get("ctx", {})
    known = FORMS.get(told.get("pattern", "")) or HINTS.get(error["type"])
    if known is not None:
        return known.say(lang, **told)
    return str(error["msg"]) if lang == "en" else NOT_RIGHT.say(lang)
