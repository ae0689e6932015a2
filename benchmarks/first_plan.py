"""What the very first large plan waits for: python3 benchmarks/first_plan.py

Each line compiles into an empty folder, in a process of its own that compiles half of it in a second one:
what planning needs, which is what a first large plan waits for; then everything, which is what ``huoku warm`` does.
"""

from measuring import measured

WARM = """
import sys, tempfile
from pathlib import Path
from huoku.compiled import keep_kernels_in
from huoku.plan.planner import warm
with tempfile.TemporaryDirectory() as folder:
    keep_kernels_in(Path(folder))
    warm(work=sys.argv[1])
"""

REACH = {"planning": 20.0, "everything": None}
"""Wall seconds on two cores that are free."""


def main() -> None:
    print(f"{'':<16}{'wall s':>10}{'CPU s':>10}{'reach s':>10}")
    for work, reach in REACH.items():
        run = measured("-c", WARM, work)
        if run.exit_code:
            raise SystemExit(run.exit_code)
        print(f"{work:<16}{run.wall:>10.1f}{run.cpu:>10.1f}{reach or '':>10}", flush=True)


if __name__ == "__main__":
    main()
