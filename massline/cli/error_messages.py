"""What can go wrong around us, in one sentence that says what to do; everything else stays loud."""

import errno

import click


def in_one_sentence(problem: Exception) -> str | None:
    """Give the sentence for a problem of the surroundings; None for a mistake of our own."""
    if isinstance(problem, click.ClickException | click.exceptions.Exit | click.Abort):
        return None
    if isinstance(problem, OSError):
        return _of_the_machine(problem)
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    if isinstance(problem, ImproperlyConfigured):
        return str(problem)
    if isinstance(problem, OperationalError):
        return _of_a_database(problem)
    return None


def _of_the_machine(problem: OSError) -> str | None:
    where = problem.filename or "A file"
    if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR):
        return f"{where} cannot be written or read ({problem.strerror}); give this account the right to it."
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return "The disk is full; nothing that was acknowledged is lost. Free some space and start again."
    return None


def _of_a_database(problem: Exception) -> str:
    said = str(problem).strip().splitlines()[0].rstrip(".") if str(problem).strip() else "no reason given"
    if "no such table" in said or "does not exist" in said:
        return f"A database is not prepared yet ({said}); run `massline up` or `massline prepare` first."
    return f"A database cannot be opened ({said}); look at MASSLINE_SQUARE_DB, MASSLINE_DESK_DB and MASSLINE_DATA."
