"""Run the named drills, or all: python -m drills [short] [NAME ...]. The exit code is 1 where a bar falls short."""

import importlib
import sys
import time
import traceback

from drills import report
from drills.result import Result

# In this order: the name of each drill, and its module with `def run(short: bool) -> list[Result]`.
DRILLS = {
    "walls": "access_rule_tests",
    "lone_holder": "lone_key_holder",
    "impersonator": "impersonator",
    "thief": "stolen_folder",
    "observer": "public_page_observer",
    "brigade": "vote_brigade",
    "killed_sqlite": "killed_sqlite",
    "killed_postgres": "killed_postgres",
    "power": "power_loss",
    "trouble": "disk_and_clock_faults",
    "workers": "killed_workers",
    "messages": "killed_message_worker",
    "poison": "poisoned_queues",
    "bombs": "decompression_bombs",
    "votes": "vote_throughput",
    "sign_ups": "sign_up_throughput",
    "flood": "vote_flood",
    "page": "sum_up_page_latency",
    "mutation": "mutation_tests",
}
# Drills that attack: each is also run on a house with a known weakness, and falls short where it does not find that out.
ATTACKS = ("lone_holder", "impersonator", "thief", "observer", "brigade", "power", "poison", "bombs")


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
        results: list[Result] = importlib.import_module(f"drills.{DRILLS[name]}").run(short)
    except Exception:  # noqa: BLE001 - one broken drill must not stop the others; it is told and counts against us
        traceback.print_exc()
        results = [Result(f"{name} runs to its end", "yes", "it broke; see above", False)]
    if name in ATTACKS and not any(result.is_control for result in results):
        results.append(Result(f"{name} shows that it can fail", "a control", "none", False))
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
