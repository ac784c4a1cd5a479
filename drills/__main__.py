"""Run the named drills, or all: python -m drills [short] [NAME ...]. The exit code is 1 where a bar falls short."""

import importlib
import sys
import time
import traceback

from drills import report
from drills.result import Result

# In this order. Each is a module drills.NAME with `def run(short: bool) -> list[Result]`.
DRILLS = (
    "walls",
    "lone_holder",
    "impersonator",
    "thief",
    "observer",
    "brigade",
    "killed_sqlite",
    "killed_postgres",
    "power",
    "trouble",
    "workers",
    "messages",
    "poison",
    "bombs",
    "votes",
    "sign_ups",
    "flood",
    "page",
    "mutation",
)


def main(arguments: list[str]) -> int:
    short = "short" in arguments
    named = [argument for argument in arguments if argument != "short"]
    unknown = sorted(set(named) - set(DRILLS))
    if unknown:
        print(f"No drill is called {', '.join(unknown)}. There are: {', '.join(DRILLS)}.", file=sys.stderr)
        return 2
    results = [result for name in named or DRILLS for result in run_drill(name, short)]
    short_of = [result for result in results if not result.holds]
    print(f"{len(results) - len(short_of)} of {len(results)} bars hold.")
    return 1 if short_of else 0


def run_drill(name: str, short: bool) -> list[Result]:
    """Run one drill and say each bar as it is reached; a long run is kept and written to docs/drills.md."""
    print(f"— {name}", flush=True)
    began = time.monotonic()
    try:
        results: list[Result] = importlib.import_module(f"drills.{name}").run(short)
    except Exception:  # noqa: BLE001 - one broken drill must not stop the others; it is told and counts against us
        traceback.print_exc()
        results = [Result(f"{name} runs to its end", "yes", "it broke; see above", False)]
    for result in results:
        print(result.line(), flush=True)
        if result.detail:
            print(f"{'':<12}{result.detail}", flush=True)
    if not short:
        report.store_results(name, results, seconds=time.monotonic() - began)
        report.write_report(DRILLS)
    return results


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
