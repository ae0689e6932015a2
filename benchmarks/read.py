"""Reading and checking a large folder: python3 benchmarks/read.py [ROWS]

A shop with about so many rows over its five tables (default 1,000,000), read in a process of its own, as CSV.
To be reached: 5 s and 1 GB for 1,000,000 rows.
"""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import measured

from huoku.examples import write_shop

ROWS_PER_ITEM = 6.44
"""Items, BOM lines, sources, stock and demands of a synthetic shop, for each of its items."""

READ = """
import sys, time
import huoku
begun = time.perf_counter()
factory = huoku.read(sys.argv[1])
seconds = time.perf_counter() - begun
rows = sum(factory.table(name).height for name in huoku.factory.TABLES)
print(f"{rows:,} rows in {seconds:.2f} s")
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="?", type=int, default=1_000_000)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        shop = write_shop(Path(folder), round(options.rows / ROWS_PER_ITEM))
        megabytes = sum(file.stat().st_size for file in shop.iterdir()) / 1e6
        child = measured("-c", READ, str(shop))
    print(f"{child.output.strip()}, {child.cpu:.2f} CPU s, peak {child.peak_mb:,.0f} MB, {megabytes:,.0f} MB of CSV")
    raise SystemExit(child.exit_code)


if __name__ == "__main__":
    main()
