"""Run the named drills, or all: python -m drills [short] [NAME ...]. The exit code is 1 where a bar falls short."""

import importlib
import json
import subprocess
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

from drills import report
from drills.processor_time import adopt_orphans, processor_seconds
from drills.result import DrillRun, Result

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

# Drills that time something or use both cores themselves; of all others the short round runs two beside each other.
ALONE = ("votes", "sign_ups", "flood", "page", "mutation")
AT_ONCE = 2


def main(arguments: list[str]) -> int:
    short = "short" in arguments
    named = [argument for argument in arguments if argument not in ("short", "json")]
    unknown = sorted(set(named) - set(DRILLS))
    if unknown:
        print(f"No drill is called {', '.join(unknown)}. There are: {', '.join(DRILLS)}.", file=sys.stderr)
        return 2
    adopt_orphans()
    began = time.monotonic()
    runs = [run_drill(name, short) for name in named] if named else run_round(short)
    results = [result for run in runs for result in run.results]
    short_of = [result for result in results if not result.holds]
    print(f"{len(results) - len(short_of)} of {len(results)} bars hold.")
    if short and not named:
        seconds = time.monotonic() - began
        summary = report.sum_up_short_round(runs, seconds)
        print(*[result.line() for result in summary], sep="\n")
        report.store_results(report.SHORT_ROUND, summary, seconds=seconds)
        report.write_report(DRILLS)
    if "json" in arguments:
        print(json.dumps([asdict(run) for run in runs]))
    return 1 if short_of else 0


def run_round(short: bool) -> list[DrillRun]:
    """Run all drills one after the other, or in the short round each in a process of its own, two beside each other."""
    if not short:
        return [run_drill(name, short) for name in DRILLS]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        runs = list(pool.map(run_short_apart, [name for name in DRILLS if name not in ALONE]))
    return [*runs, *[run_short_apart(name) for name in ALONE]]


def run_short_apart(name: str) -> DrillRun:
    """Run one short drill in a process of its own, and print what it said once it has ended."""
    done = subprocess.run(
        [sys.executable, "-m", "drills", "short", "json", name], stdout=subprocess.PIPE, text=True
    )
    *lines, last = done.stdout.splitlines() or [""]
    print(*lines[:-1], sep="\n", flush=True)
    try:
        (told,) = json.loads(last)
    except ValueError:
        return DrillRun(name, [_broken(name)], 0.0, 0.0)
    return DrillRun(**told | {"results": [Result(**row) for row in told["results"]]})


def _broken(name: str) -> Result:
    return Result(f"{name} runs to its end", "yes", "it broke; see above", False)


def run_drill(name: str, short: bool) -> DrillRun:
    """Run one drill and say each bar as it is reached; a long run is kept and written to docs/drills.md."""
    print(f"— {name}", flush=True)
    began, worked = time.monotonic(), processor_seconds()
    try:
        results: list[Result] = importlib.import_module(f"drills.{DRILLS[name]}").run(short)
    except Exception:  # noqa: BLE001 - one broken drill must not stop the others; it is told and counts against us
        traceback.print_exc()
        results = [_broken(name)]
    if name in ATTACKS and not any(result.is_control for result in results):
        results.append(Result(f"{name} shows that it can fail", "a control", "none", False))
    for result in results:
        print(result.line(), flush=True)
        if result.detail:
            print(f"{'':<12}{result.detail}", flush=True)
    run = DrillRun(name, results, time.monotonic() - began, processor_seconds() - worked)
    print(
        f"{'':<12}{run.seconds:.0f} s by the clock, {run.processor_seconds:.0f} s of a processor", flush=True
    )
    if not short:
        report.store_results(name, results, seconds=run.seconds)
        report.write_report(DRILLS)
    return run


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
