"""Putting the key on paper, as two organisers do once: off-line for the sheets, at the desk for the rest."""

from click.testing import CliRunner

from massline.cli.recovery_sheets import recovery
from tests.e2e.walker import Walker


def off_line(*words: str, typed: str = "") -> str:
    answer = CliRunner().invoke(recovery, list(words), input=typed)
    assert answer.exit_code == 0, answer.output
    return answer.output


def sheets_of(printed: str) -> list[str]:
    return [
        " ".join(line.split()[1] for line in block.splitlines()[1:] if line.strip())
        for block in printed.split("\nSheet ")[1:]
    ]


def put_key_on_paper(holder: Walker, organisation: str) -> None:
    printed = off_line("make")
    public = next(word for word in printed.split() if word.startswith("massline-recovery:"))
    holder.go(f"{organisation}/guard/paper/offline/")
    holder.fill(public=public)
    holder.press("Lock the key to these sheets")
    question = holder.page.locator("#question").input_value()
    sheets = sheets_of(printed)
    said = off_line("prove", typed=f"{question}\n{sheets[0]}\n{sheets[1]}\n\n")
    holder.fill(answer=said.rsplit(": ", 1)[1].strip())
    holder.press("Check the answer")
    holder.reads("The key is backed up on paper.")
