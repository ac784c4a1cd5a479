"""Speed beside an earlier version: both take turns on this machine, each with its own code and its own voters.

python -m drills.earlier_version COMMIT [TURNS]     writes its section of docs/drills.md; it is no part of `make drills`
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from drills import report
from drills.result import Result

NAME, TURNS = report.APART[-1], 2
NOISE = 0.05  # two turns of one version differ by as much on a machine that does other things too

# Run in a checkout of either version. Modules have had other names, so each is looked for under both.
VOTES = """
import importlib, json, os, tempfile
from pathlib import Path
def either(*names):
    for name in names:
        try:
            return importlib.import_module(f"drills.{name}")
        except ModuleNotFoundError:
            continue
drill, clients = either("vote_throughput", "votes"), either("vote_clients", "voters")
opened, crowd = (getattr(drill, "open_square", None) or drill.square), (getattr(drill, "build_crowd", None) or drill.crowd)
SECONDS = 15.0
def worked(folder):
    ticks = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            ours = process.name != str(os.getpid()) and f"MASSLINE_DATA={folder}".encode() in (process / "environ").read_bytes()
            words = (process / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(words[11]) + int(words[12]) if ours else 0
    return 1000 * ticks / os.sysconf("SC_CLK_TCK")
with tempfile.TemporaryDirectory(prefix="massline-votes-") as folder, opened(Path(folder)) as port:
    clients.vote_all_at_once(port, crowd(port, 8, 10), seconds=2.0)
    ready, before = crowd(port, 64, 900 * SECONDS), worked(folder)
    usual = clients.vote_all_at_once(port, ready, seconds=SECONDS)
    processor = (worked(folder) - before) / len(usual.thanked)
    many = clients.vote_all_at_once(port, crowd(port, 640, 900 * SECONDS), seconds=SECONDS)
    print(json.dumps({"votes": usual.a_second, "p95": 1000 * usual.percentile(0.95), "crowded": many.a_second,
                      "processor": processor, "wrong": usual.wrong + many.wrong}))
"""
SUM_UP = """
import importlib, json, re
def either(*names):
    for name in names:
        try:
            return importlib.import_module(f"drills.{name}")
        except ModuleNotFoundError:
            continue
rows = either("sum_up_page_latency", "page").run(True)
half = [float(re.search(r"half took at most ([0-9]+)", row.detail)[1]) for row in rows]
print(json.dumps({"sum_up": half[1], "words": half[-1]}))
"""
RESULTS = """
import atexit, json, os, random, shutil, statistics, tempfile, time
os.environ["MASSLINE_DATA"] = folder = tempfile.mkdtemp(prefix="massline-results-")
atexit.register(shutil.rmtree, folder, True)
os.environ["DJANGO_SETTINGS_MODULE"] = "massline.settings"
os.environ["MASSLINE_DOOR"] = "square"
import django
django.setup()
from django.test import Client
from massline.cli.first_start import prepare_databases
prepare_databases(lambda _: None)
from massline.square.conversations import actions, models
from massline.square.organisations.models import PublicOrganisation
from massline.square.conversations.results.snapshot import take_snapshot
try:
    from massline.square.conversations.voting.vote_batch_writer import Answer, save_answers
except ModuleNotFoundError:
    try:
        from massline.square.conversations.voting.vote_record import Answer, write_answers as save_answers
    except ModuleNotFoundError:
        from massline.square.conversations.voting.record import Answer, record as save_answers
face = PublicOrganisation.objects.create(slug="riverside", name="Riverside", sentence="Tenants.")
join = getattr(actions, "join_conversation", None) or actions.join
talk = actions.open_conversation(organisation=face, question="What first?", seeds=[f"Mend number {n} first." for n in range(100)])
drawn = random.Random(3)
asked = list(talk.statements.values_list("pk", flat=True))
people = [join(talk, token=str(n)).pk for n in range(2000)]
save_answers([Answer(person, one, drawn.choice((1, 1, -1, 0)) if person % 2 else drawn.choice((1, -1, -1, 0)))
               for person in people for one in drawn.sample(asked, 40)], conversations=[talk.pk])
take_snapshot(talk)
talk.refresh_from_db()
client, took = Client(SERVER_NAME="localhost"), []
for _ in range(40):
    began = time.perf_counter()
    page = client.get(talk.get_results_url())
    took.append(1000 * (time.perf_counter() - began))
    assert page.status_code == 200 and len(page.content) > 20000, (page.status_code, len(page.content))
print(json.dumps({"results_first": took[0], "results": statistics.median(took[1:])}))
"""


def measure(commit: str, turns: int) -> list[Result]:
    """Let the two versions take turns; give what each reached, and how they compare."""
    with check_out(commit) as earlier:
        sides = {"before": earlier, "now": report.ROOT}
        found: dict[str, list[dict[str, float]]] = {side: [] for side in sides}
        for _ in range(turns):
            for side, folder in sides.items():
                found[side].append(measure_once(folder))
                print(side, found[side][-1], flush=True)
    before, now = found["before"], found["now"]
    return [
        Result(
            "what is compared",
            "turns on one machine",
            f"{turns} each, before and now by turns",
            True,
            f"Before is at {commit[:9]}. Each side runs its own code, with its own voters, on the packages of now.",
        ),
        compare("votes a second, durable, 64 voters at once", before, now, "votes", "a second", more=True),
        compare("votes a second, 640 voters at once", before, now, "crowded", "a second", more=True),
        compare("19 of 20 of 64 voters are thanked within", before, now, "p95", "ms"),
        compare("a processor works for one vote of 64 voters", before, now, "processor", "ms"),
        compare("the results page of 2,000 people and 80,000 answers", before, now, "results", "ms"),
        compare("the sum-up page of 5,000 voices and 50,000 votes", before, now, "sum_up", "ms"),
        compare("all words of it, which stood on the sum-up page itself before", before, now, "words", "ms"),
    ]


def measure_once(folder: Path) -> dict[str, float]:
    found: dict[str, float] = {}
    for script in (VOTES, RESULTS, SUM_UP):
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(folder)},
            capture_output=True,
            text=True,
            timeout=900,
        )
        if done.returncode:
            raise RuntimeError(f"{folder}: {done.stderr[-2000:]}")
        found |= json.loads(done.stdout.splitlines()[-1])
    return found


def compare(
    name: str,
    before: list[dict[str, float]],
    now: list[dict[str, float]],
    figure: str,
    unit: str,
    *,
    more: bool = False,
) -> Result:
    """Compare the medians of all turns; less is better, unless `more` is."""
    was, is_now = (median(turn[figure] for turn in side) for side in (before, now))
    ratio = is_now / was
    turns = " and ".join(
        f"{word} {', '.join(f'{turn[figure]:.3g}' for turn in side)}"
        for word, side in (("before", before), ("now", now))
    )
    return Result(
        name,
        f"{'no fewer' if more else 'no slower'} than before, but for {100 * NOISE:.0f} % of noise",
        f"{is_now:.3g} {unit}, before {was:.3g}: × {ratio:.2f}",
        ratio >= 1 - NOISE if more else ratio <= 1 + NOISE,
        f"Turn by turn: {turns}.",
    )


@contextmanager
def check_out(commit: str) -> Iterator[Path]:
    """Check out a commit into a folder of its own, and take it away again."""
    with tempfile.TemporaryDirectory(prefix="massline-earlier-") as folder:
        place = Path(folder) / "checkout"
        git = ["git", "-C", str(report.ROOT), "worktree"]
        subprocess.run([*git, "add", "--quiet", "--detach", str(place), commit], check=True)
        try:
            yield place
        finally:
            subprocess.run([*git, "remove", "--force", str(place)], check=True)


def main(commit: str, turns: str = str(TURNS)) -> int:
    if not re.fullmatch(r"[0-9a-f]{7,40}", commit):
        print("Give the commit of the earlier version.", file=sys.stderr)
        return 2
    began = time.monotonic()
    results = measure(commit, int(turns))
    for result in results:
        print(result.line())
    report.store_results(NAME, results, seconds=time.monotonic() - began)
    from drills.__main__ import DRILLS

    report.write_report(DRILLS)
    return 0 if all(result.holds for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
