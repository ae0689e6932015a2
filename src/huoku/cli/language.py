"""Which language the command line speaks: as asked for, else as the machine is set."""

import os
from collections.abc import Mapping, Sequence

from huoku.language import LANGUAGES, Language

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def language_asked_for(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> Language:
    """The value of ``--lang`` if it is one we speak, else that of the environment.

    This looks at the arguments before they are parsed, because the help and the parser's own complaints
    must come in that language too. A value that we do not speak is left to the parser to refuse.
    """
    words = list(arguments)
    for place, word in enumerate(words):
        name, _, value = word.partition("=")
        if name == "--lang":
            value = value or "".join(words[place + 1 : place + 2])
            for lang in LANGUAGES:
                if value == lang:
                    return lang
    return language_of(environment)


def language_of(environment: Mapping[str, str]) -> Language:
    """Chinese where the first variable that is set begins with zh, else English."""
    setting = next((environment[name] for name in VARIABLES if environment.get(name)), "")
    return "zh" if setting.lower().startswith("zh") else "en"
