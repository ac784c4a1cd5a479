"""Public network addresses, and connections that are made to exactly the address that was checked."""

import queue
import socket
import threading
from ipaddress import ip_address, ip_network

from massline.core.connections.deadline import DeadlineExceeded, current_deadline

# Public by their number, but they lead on to other addresses, inner ones included, or to the cloud's own services.
REFUSED_NETWORKS = [
    ip_network(network)
    for network in (
        "64:ff9b::/96",  # NAT64, RFC 6052
        "64:ff9b:1::/48",  # local-use NAT64, RFC 8215
        "2001::/32",  # Teredo, RFC 4380
        "2002::/16",  # 6to4, RFC 3056
        "::ffff:0:0/96",  # IPv4-mapped
        "::/96",  # IPv4-compatible, loopback and unspecified
        "fec0::/10",  # site-local, RFC 3879
        "100.64.0.0/10",  # carrier-grade NAT, RFC 6598
        "192.88.99.0/24",  # 6to4 relays, RFC 7526
        "168.63.129.16/32",  # the wire server inside Azure
    )
]


class PrivateAddress(Exception):
    """A name or address that leads into a network of our own; nothing was connected to."""


def is_public(address: str) -> bool:
    """True if an address belongs to a single public host: no private, link-local, multicast or translated range."""
    number = ip_address(address.partition("%")[0])
    refused = any(number in network for network in REFUSED_NETWORKS if network.version == number.version)
    return number.is_global and not number.is_multicast and not refused


def connect_to_public_address(
    host: str, port: int, *, seconds: float, inner: bool, source: tuple[str, int] | None = None
) -> socket.socket:
    """Resolve a name once, check every address, and connect to one of exactly these.

    A name can therefore not change its address between check and connection. Where `inner` is false, a name with
    any inner address raises InnerAddress before anything is sent, so that open and closed ports look the same.

    Raises
    ------
    InnerAddress
    OSError
        If the name does not resolve, or no address accepts the connection.
    """
    addresses = _resolve(host, port, seconds)
    if not inner and not all(is_public(address) for address, _port in addresses):
        raise PrivateAddress(host)
    last: OSError = OSError(f"{host} has no address.")
    for address in addresses:
        deadline = current_deadline()
        patience = min(seconds, deadline.seconds_left) if deadline else seconds
        try:
            connection = socket.create_connection(address, patience, source)
        except OSError as problem:
            last = problem
        else:
            if deadline is not None:
                deadline.watch(connection)
            return connection
        if deadline is not None and deadline.is_over:
            break
    raise last


def _resolve(host: str, port: int, seconds: float) -> list[tuple[str, int]]:
    """Look up a name in a thread of its own, since a look-up takes no timeout."""
    deadline = current_deadline()
    found: queue.SimpleQueue[list[tuple[str, int]] | OSError] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.put(list(dict.fromkeys((str(row[4][0]), port) for row in rows)))
        except UnicodeError:
            found.put(OSError("No such name."))
        except OSError as problem:
            found.put(problem)

    threading.Thread(target=look_up, daemon=True).start()
    try:
        answer = found.get(timeout=min(seconds, deadline.seconds_left) if deadline else seconds)
    except queue.Empty:
        raise DeadlineExceeded("The name was not found in time.") from None
    if isinstance(answer, OSError):
        raise answer
    return answer
