"""What a small factory waits for: python3 benchmarks/small_folder.py

A folder of 50 items planned by a fresh process, and how long the package takes to be imported and to answer --help.
The best of five runs; the first run of all, when the disk is cold, is printed apart.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import DONE, measured

from huoku.examples import write_shop

ITEMS = 50
RUNS = 5


def main() -> None:
    print(f"{'':<28}{'first s':>10}{'best s':>10}{'peak MB':>10}{'reach s':>10}")
    with TemporaryDirectory() as name:
        shop = write_shop(Path(name) / "shop", ITEMS)
        show("python -c pass", 0.0, "-c", "pass")
        show("import huoku", 0.1, "-c", "import huoku")
        show("huoku --help", 0.3, "-m", "huoku", "--help")
        show("huoku plan, 50 items", 1.0, "-m", "huoku", "plan", str(shop), "-o", str(Path(name) / "plan"))


def show(what: str, reach: float, *arguments: str) -> None:
    """Print the seconds of a command, the bare interpreter included."""
    runs = [measured(*arguments) for _ in range(RUNS)]
    if failed := next((run.exit_code for run in runs if run.exit_code not in DONE), 0):
        raise SystemExit(failed)
    best = min(run.wall for run in runs)
    peak = max(run.peak_mb for run in runs)
    print(f"{what:<28}{runs[0].wall:>10.3f}{best:>10.3f}{peak:>10.0f}{reach or '':>10}", flush=True)


if __name__ == "__main__":
    main()
