"""The ``huoku`` command. Thin: it reads the arguments, calls one function of the library and shows the answer.

Every verb is one file in ``verbs``. Nothing heavy is loaded before it is used, so that help comes at once.
"""

import sys
from collections.abc import Sequence

from huoku.cli.answer import show
from huoku.cli.arguments import parse
from huoku.cli.faults import guarded
from huoku.cli.language import language_asked_for
from huoku.cli.memory import prepare_memory
from huoku.cli.progress import Progress
from huoku.cli.streams import prepare_streams


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: see ``huoku --help`` for what each code means."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    prepare_streams()
    prepare_memory()
    lang = language_asked_for(given)

    def run() -> int:
        try:
            verb, options = parse(given, lang)
        finally:
            sys.stdout.flush()  # help may have been written, to a reader who has gone
        with Progress(lang) as progress:
            answer = verb.run(options, progress)
        show(answer, as_json=options.json)
        return answer.exit_code

    return guarded(run, lang, as_json="--json" in given)
