"""``python -m huoku``: the same as the command ``huoku``."""

import sys

from huoku.cli import main

if __name__ == "__main__":
    sys.exit(main())
