"""`massline recovery`: make, prove and use recovery sheets offline, without a database or anything stored."""

import click

from massline.desk.guard.keys import recovery_sheets as paper


@click.group()
def recovery() -> None:
    """Make, test or use recovery sheets: words on paper that open the key. Run it offline."""


@recovery.command()
@click.option("--need", type=int, default=2, show_default=True, help="How many sheets open together.")
@click.option("--of", type=int, default=3, show_default=True, help="How many sheets there are.")
def make(need: int, of: int) -> None:
    """Make a recovery key: its public half for the desk, and the words of each sheet to write down."""
    try:
        sheets = paper.make_sheets(need=need, of=of)
    except paper.RecoveryRefused as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo("For the desk, under Guard, Recovery on paper:\n")
    click.echo(f"  {sheets.public}\n")
    click.echo(
        f"{of} sheets; any {need} open together. Write each on its own paper, for another hand and another place."
    )
    click.echo("They are shown once and kept nowhere.")
    for number, words in enumerate(sheets.words, start=1):
        click.echo(f"\nSheet {number} of {of}")
        for place, word in enumerate(words.split(), start=1):
            click.echo(f"  {place:2d} {word}")


@recovery.command()
def prove() -> None:
    """Read out the answer to the desk's question, to show that the sheets are good."""
    question = click.prompt("The question the desk shows (massline-question:…)")
    try:
        private = ask_for_sheets()
        opened = paper.open_sealed(paper.decode_armour("massline-question", question), private)
    except paper.RecoveryRefused as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"\nThe answer to type at the desk: {paper.read_answer(opened)}")


@recovery.command("open")
def open_() -> None:
    """Open the vault's key with the sheets and hand it to a new key-holder."""
    seal = click.prompt("The sealed key the desk shows (massline-seal:…)")
    try:
        private = ask_for_sheets()
        secret = paper.open_sealed(paper.decode_armour("massline-seal", seal), private)
    except paper.RecoveryRefused as problem:
        raise click.ClickException(str(problem)) from problem
    text, phrase = paper.encrypt_for_desk(secret)
    click.echo("\nFor the desk, under Guard, Recovery on paper. First the text:\n")
    click.echo(f"  {text}\n")
    click.echo(f"Then the phrase that opens it, by voice or on paper, never beside the text:\n\n  {phrase}")


def ask_for_sheets() -> bytes:
    """Prompt for sheets until an empty line; the words are not echoed."""
    click.echo("Type the words of one sheet in a row, then Enter. An empty line ends.")
    sheets: list[str] = []
    while True:
        words = click.prompt(f"Sheet {len(sheets) + 1}", default="", show_default=False, hide_input=True)
        if not words.strip():
            return paper.join_sheets(sheets)
        sheets.append(words)
