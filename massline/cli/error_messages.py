"""Messages for errors of the surroundings, with advice; any other error keeps its traceback."""

import errno

import click


def explain_error(problem: Exception) -> str | None:
    """Explain an error of the machine, settings or database in one sentence; None for any other."""
    if isinstance(problem, click.ClickException | click.exceptions.Exit | click.Abort):
        return None
    if isinstance(problem, OSError):
        return _explain_os_error(problem)
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    if isinstance(problem, ImproperlyConfigured):
        return str(problem)
    if isinstance(problem, OperationalError):
        return _explain_database_error(problem)
    return None


def _explain_os_error(problem: OSError) -> str | None:
    where = problem.filename or "A file"
    if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR):
        return f"{where} cannot be written or read ({problem.strerror}); give this account the right to it."
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return "The disk is full; nothing that was acknowledged is lost. Free some space and start again."
    return None


def _explain_database_error(problem: Exception) -> str:
    reason = str(problem).strip().splitlines()[0].rstrip(".") if str(problem).strip() else "no reason given"
    if "no such table" in reason or "does not exist" in reason:
        return f"A database is not prepared yet ({reason}); run `massline up` or `massline prepare` first."
    return f"A database cannot be opened ({reason}); look at MASSLINE_SQUARE_DB, MASSLINE_DESK_DB and MASSLINE_DATA."
