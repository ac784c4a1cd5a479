"""Holds the files of a release against its SHA256SUMS, and these against their signature, before anything of it runs."""

import hashlib
import subprocess
from pathlib import Path

import click

SUMS = "SHA256SUMS"


def check_release(wheel: Path, lock: Path, signers: Path | None) -> None:
    """Check the wheel and its lock as far as there is something to check by, and say what was checked.

    Raises ClickException where a file is not what was released, or where signers are named and the sums are not signed.
    """
    sums = wheel.with_name(SUMS)
    if signers:
        check_signature(sums, signers)
    if not sums.is_file():
        click.echo(f"There is no {sums}, so {wheel.name} was not checked.")
        return
    released = set(sums.read_text().splitlines())
    for file in (wheel, lock):
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        if released.isdisjoint({f"{digest}  {file.name}", f"{digest} *{file.name}"}):
            raise click.ClickException(f"{file} is not what {sums} names; nothing was changed.")
    signed = (
        f", whose signature is good by {signers}"
        if signers
        else "; its signature was not checked (--signers)"
    )
    click.echo(f"{wheel.name} and {lock.name} are as in {SUMS}{signed}.")


def check_signature(sums: Path, signers: Path) -> None:
    signature = sums.with_name(f"{sums.name}.sig")
    for file in (sums, signature):
        if not file.is_file():
            raise click.ClickException(f"There is no {file} to check by {signers}; nothing was changed.")
    verify = ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", "release", "-n", "massline"]
    try:
        done = subprocess.run([*verify, "-s", str(signature)], input=sums.read_bytes(), capture_output=True)
    except FileNotFoundError as problem:
        raise click.ClickException("The program ssh-keygen is not here (openssh-client).") from problem
    if done.returncode:
        raise click.ClickException(f"{sums} is not signed by who {signers} names; nothing was changed.")
