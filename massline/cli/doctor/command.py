"""`massline doctor`: is everything as it should be, and where not, what is there to do?"""

from pathlib import Path

import click

from massline.cli.bootstrap import open_house


@click.command()
@click.option(
    "--door",
    type=click.Choice(["square", "desk"]),
    default="desk",
    show_default=True,
    help="As which door to look; the square knows nothing of the desk's database.",
)
@click.option("--retry", is_flag=True, help="Give the jobs that were given up another try.")
@click.option(
    "--heads",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A copy of published audit heads, kept elsewhere: do the chains still agree with it?",
)
def doctor(door: str, retry: bool, heads: Path | None) -> None:
    """Look whether everything is well; say what to do where it is not."""
    open_house(door)
    from massline.cli.doctor import databases, installation

    if retry:
        click.echo(f"{databases.retry_dead_jobs()} jobs will be tried again.")
    found = list(installation.all_findings())
    if door == "desk" and installation.answers("desk"):
        from massline.cli.doctor.safeguards import all_of_guard

        found += all_of_guard(heads)
    for finding in found:
        mark = {"fine": "   ", "look": "?  ", "do": "!  "}[finding.level]
        click.echo(f"{mark}{finding.says}" + (f"\n     → {finding.to_do}" if finding.to_do else ""))
    urgent = sum(finding.level == "do" for finding in found)
    if urgent:
        raise click.ClickException(f"{urgent} of {len(found)} findings need you; each says what to do.")
    click.echo("Nothing needs to be done.")
