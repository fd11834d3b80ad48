import argparse
import json
import signal
import sys
from pathlib import Path
from typing import Any, NoReturn

from benchmarks import report
from benchmarks.errors import BenchError
from benchmarks.flows import FLOWS
from benchmarks.pages import PAGES
from benchmarks.run import measured


def main() -> int:
    options = arguments()
    for stop in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(stop, interrupt)
    rounds, seconds = (1, 1) if options.quick else (2, 5)
    try:
        figures = measured(options.subjects, rounds, seconds)
    except BenchError as error:
        print(f"The bench failed. {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    print(f"\n{report.text(figures)}")
    if options.json:
        options.json.write_text(json.dumps(report.as_json(figures), indent=2) + "\n")
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m benchmarks", description="How quickly Cairn answers, beside a bare Django view."
    )
    parser.add_argument("--quick", action="store_true", help="one round of one second a page")
    parser.add_argument("--only", metavar="WORD", default="", help="pages with WORD in their key")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the figures there, too")
    options = parser.parse_args()
    options.subjects = [one for one in (*PAGES, *FLOWS) if options.only in one.key]
    if not options.subjects:
        parser.error(f"the pages are {', '.join(one.key for one in (*PAGES, *FLOWS))}")
    return options


def interrupt(*_: Any) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
