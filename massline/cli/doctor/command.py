"""`massline doctor`: findings about an installation, each with advice."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from massline.cli.django_setup import setup_django


@click.command()
@click.option(
    "--door",
    type=click.Choice(["square", "desk"]),
    default="desk",
    show_default=True,
    help="As which door to look; the square knows nothing of the desk's database.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print the findings as one JSON document, for a monitor."
)
@click.option("--retry", is_flag=True, help="Give the jobs that were given up another try.")
@click.option(
    "--give-up-courier-keys",
    "give_up",
    is_flag=True,
    help="Courier keys that are not in the data folder are lost for good: let later sign-ups have new ones.",
)
@click.option(
    "--heads",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A copy of published audit heads, kept elsewhere: do the chains still agree with it?",
)
def doctor(door: str, as_json: bool, retry: bool, give_up: bool, heads: Path | None) -> None:
    """Check the installation and print what needs you, with what to do about it."""
    setup_django(door)
    from massline.cli.doctor import databases, installation

    if retry:
        click.echo(f"{databases.retry_dead_jobs()} jobs will be tried again.", err=as_json)
    if give_up and door == "desk":
        from massline.cli.doctor.safeguards import give_up_courier_keys

        click.echo(give_up_courier_keys(), err=as_json)
    findings = list(installation.check_installation())
    if door == "desk" and installation.is_database_ready("desk"):
        from massline.cli.doctor.safeguards import check_safeguards

        findings += check_safeguards(heads)
    urgent = sum(finding.level == "do" for finding in findings)
    if as_json:
        click.echo(
            json.dumps({"urgent": urgent, "findings": [asdict(f) for f in findings]}, ensure_ascii=False)
        )
        sys.exit(1 if urgent else 0)
    for finding in findings:
        mark = {"fine": "   ", "look": "?  ", "do": "!  "}[finding.level]
        click.echo(f"{mark}{finding.says}" + (f"\n     → {finding.to_do}" if finding.to_do else ""))
    if urgent:
        raise click.ClickException(f"{urgent} of {len(findings)} findings need you; each says what to do.")
    click.echo("Nothing needs to be done.")
