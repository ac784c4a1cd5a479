"""The units of systemd: one for each process, closed as far as it can work."""

from collections.abc import Iterator
from pathlib import Path

from massline.cli.install.layout import (
    BACKUPS,
    DESK,
    SETTINGS,
    SQUARE,
    STATE,
    UNITS,
    House,
    Service,
    services,
)

# What every process goes without. No memory may be made executable; system calls are those of an ordinary service.
CLOSED = """\
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
ProcSubset=pid
LockPersonality=yes
MemoryDenyWriteExecute=yes
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RemoveIPC=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged
SystemCallErrorNumber=EPERM
UMask=0077
"""


def unit_files(house: House) -> dict[Path, str]:
    """The text of every unit by its path, with the accounts and folders that they need."""
    units = {UNITS / service.unit: "".join(_unit(house, service)) for service in services(house)}
    return units | {
        UNITS / "massline.target": _target(house),
        UNITS / "massline-backup.timer": TIMER,
        Path("/etc/sysusers.d/massline.conf"): ACCOUNTS,
        Path("/etc/tmpfiles.d/massline.conf"): folders(house),
    }


def _unit(house: House, service: Service) -> Iterator[str]:
    once = service.name == "backup"
    yield f"[Unit]\nDescription=Massline: {service.about}\nAfter=network-online.target postgresql.service\n"
    yield "Wants=network-online.target\n"
    yield "" if once else "PartOf=massline.target\n"
    yield "\n[Service]\n"
    yield f"Type={'oneshot' if once else 'exec'}\nUser={service.account}\nGroup={service.account}\n"
    yield f"SupplementaryGroups={SQUARE}\n" if service.account == DESK else ""
    yield f"EnvironmentFile={SETTINGS / service.settings}\nEnvironment=MASSLINE_DATA={service.data}\n"
    yield f"ExecStart={house.command} {service.command}\n"
    yield "" if once else "Restart=always\nRestartSec=2\nTimeoutStopSec=60\n"
    yield f"MemoryMax={service.memory}\nTasksMax=512\n"
    yield f"ReadWritePaths={' '.join(map(str, service.writes))}\n"
    yield f"InaccessiblePaths={' '.join(f'-{path}' for path in service.hides)}\n" if service.hides else ""
    yield f"RestrictAddressFamilies={' '.join(_families(service))}\n"
    if service.name == "square" and house.is_on_sqlite:
        # Only the proxy of this machine speaks to it, and it speaks to nobody.
        yield "IPAddressDeny=any\nIPAddressAllow=localhost\n"
    yield CLOSED
    yield "" if once else "\n[Install]\nWantedBy=massline.target\n"


def _families(service: Service) -> tuple[str, ...]:
    """Whoever looks up names asks the kernel for this machine's addresses (netlink)."""
    near = ("AF_UNIX", "AF_INET", "AF_INET6")
    return near if service.name == "square" else (*near, "AF_NETLINK")


def _target(house: House) -> str:
    names = " ".join(service.unit for service in services(house) if service.name != "backup")
    return f"""\
[Unit]
Description=Massline: both doors and the worker
Wants={names} massline-backup.timer

[Install]
WantedBy=multi-user.target
"""


TIMER = """\
[Unit]
Description=Massline: look every hour whether a backup is due

[Timer]
OnCalendar=hourly
RandomizedDelaySec=10min
Persistent=yes

[Install]
WantedBy=timers.target
"""

ACCOUNTS = f"""\
u {SQUARE} - "Massline, the square" {STATE}/square
u {DESK} - "Massline, the desk and the worker" {STATE}/desk
m {DESK} {SQUARE}
"""


def folders(house: House) -> str:
    """Folders with their rights. Both accounts write to the square's file, so it has the group of the square."""
    shared = f"f {STATE}/shared/square.sqlite3 0660 {SQUARE} {SQUARE}\n" if house.is_on_sqlite else ""
    return f"""\
d {STATE} 0755 root root
d {STATE}/square 0700 {SQUARE} {SQUARE}
d {STATE}/shared 2770 {SQUARE} {SQUARE}
{shared}d {STATE}/desk 0700 {DESK} {DESK}
d {STATE}/desk/courier 0700 {DESK} {DESK}
z {SETTINGS}/drill.identity 0640 root {DESK}
d {BACKUPS} 0700 {DESK} {DESK}
"""
