"""Is this address free to listen on? Asked before anything is started."""

import socket

import click


def need_free(host: str, port: int) -> None:
    """Refuse in one sentence where something listens already or the address is not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise click.ClickException(
                f"Port {port} on {host} cannot be used ({problem.strerror}); "
                "stop what uses it or choose another port."
            ) from problem


def answers(host: str, port: int) -> bool:
    """Does something listen there now?"""
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False
