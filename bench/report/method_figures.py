"""Draw the figures of docs/methods with the commands people use: sample in, page out, its first chart as a picture.

The samples are made up here with fixed seeds, so anybody can draw the same figures: `python -m bench.report.method_figures`.
"""

import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import date, timedelta
from math import exp, sin
from pathlib import Path
from random import Random

from playwright.sync_api import Browser, sync_playwright

from massline.cli.django_setup import setup_django
from tests.browser import find_chromium

PICTURES = Path(__file__).parents[2] / "docs" / "img"
DAY = date(2026, 8, 3)


def write_csv(path: Path, header: str, rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", newline="") as out:
        table = csv.writer(out)
        table.writerow(header.split())
        table.writerows(rows)


def write_votes(path: Path) -> None:
    """Two hundred neighbours of the demo, three kinds of them."""
    os.environ["MASSLINE_DATA"] = str(path.parent)
    setup_django("desk")
    from massline.demo import first_loop_texts, simulated_voters

    dice, rows = Random(1), []
    for person in range(200):
        kind = dice.choices(simulated_voters.KINDS, simulated_voters.SHARES)[0]
        for number, idea in enumerate((*first_loop_texts.FIRST_IDEAS, *first_loop_texts.FIRST_OWN_WORDS)):
            if dice.random() < 0.8:
                rows.append(
                    (f"p{person}", number, int(simulated_voters.draw_answer(dice, idea, kind)), idea.text)
                )
    write_csv(path, "participant statement value text", rows)


def write_mood(path: Path) -> None:
    """Four blocks over twelve weeks; one turns in the eighth."""
    dice, rows = Random(2), []
    for week in range(12):
        for block, start in (("Block A", 3.4), ("Block B", 2.6), ("Block C", 3.1), ("Block D", 2.9)):
            middle = start + 0.25 * sin(week / 2) - (1.4 if block == "Block C" and week >= 7 else 0)
            counts = [0] * 6
            for _ in range(dice.randint(8, 16)):
                counts[min(5, max(1, round(dice.gauss(middle, 0.9))))] += 1
            day = DAY + timedelta(days=7 * week)
            rows += [(day, block, rung, counts[rung]) for rung in range(1, 6) if counts[rung]]
    write_csv(path, "day section category count", rows)


def write_pulse(path: Path) -> None:
    """Two hundred quiet days, then a wave."""
    dice, rows = Random(3), []
    for day in range(230):
        level = 1.2 + (9 * exp(-(((day - 231) / 9) ** 2)) if day > 200 else 0)
        rows.append(
            (DAY + timedelta(days=day), sum(dice.random() < level / 40 for _ in range(40)), "evictions")
        )
    write_csv(path, "day count issue", rows)


def write_coverage(path: Path) -> None:
    heard = (
        ("Block A", 210, 24),
        ("Block B", 190, 22),
        ("Block C", 160, 1),
        ("Block D", 180, 27),
        ("Block E", 160, 31),
    )
    write_csv(path, "section headcount heard", heard)


def run_command(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "massline", *words], check=True)


def write_line_inputs(folder: Path) -> list[str]:
    """The line needs a map of opinions, marks on principles, and which demand goes further."""
    run_command("opinion", str(folder / "opinion.csv"), "--json", str(folder / "opinion.json"))
    demands = (0, 1, 3, 4, 5, 6, 8, 10)
    marks = [
        (demand, "Nobody stands alone.", "breaks" if demand == 4 else "keeps", f"m{m}")
        for demand in demands
        for m in range(5)
    ]
    write_csv(folder / "principles.csv", "statement principle mark member", marks)
    order, dice, pairs = (4, 0, 5, 8, 6, 10, 1, 3), Random(4), []
    for member in range(12):
        for left in range(len(order)):
            for right in range(left + 1, len(order)):
                further = (order[right], order[left]) if dice.random() < 0.85 else (order[left], order[right])
                pairs.append((*further, f"m{member}"))
    write_csv(folder / "comparisons.csv", "further less member", pairs)
    given = ("--principles", "principles.csv", "--comparisons", "comparisons.csv", "--votes", "opinion.csv")
    return [
        str(folder / "opinion.json"),
        *(str(folder / name) if name.endswith(".csv") else name for name in given),
    ]


def photograph_chart(browser: Browser, page: Path, picture: Path) -> None:
    """Photograph the first chart of a page."""
    tab = browser.new_page(viewport={"width": 900, "height": 900}, device_scale_factor=1.5)
    tab.goto(page.as_uri())
    tab.locator("figure").first.screenshot(path=str(picture))
    tab.close()


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        for method, make in (
            ("opinion", write_votes),
            ("mood", write_mood),
            ("pulse", write_pulse),
            ("coverage", write_coverage),
        ):
            make(folder / f"{method}.csv")
        inputs = {
            method: [str(folder / f"{method}.csv")] for method in ("opinion", "mood", "pulse", "coverage")
        }
        inputs["line"] = write_line_inputs(folder)
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        for method, given in inputs.items():
            run_command(method, *given, "--html", str(folder / f"{method}.html"))
            photograph_chart(browser, folder / f"{method}.html", PICTURES / f"method-{method}.png")
        browser.close()


if __name__ == "__main__":
    main()
