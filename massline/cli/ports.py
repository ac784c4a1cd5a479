"""Checks of ports: free before a start, listening after it."""

import socket

import click


def require_free_port(host: str, port: int) -> None:
    """Raise ClickException if something listens there already or the address is not this machine's."""
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


def is_listening(host: str, port: int) -> bool:
    """True if something listens there now."""
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False
