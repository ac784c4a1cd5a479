"""Checks that everything acknowledged is stored, nothing is half written, and the files are whole."""

from collections import Counter
from dataclasses import dataclass, field

from django.db import connections
from django.db.models import Count

from drills.acknowledgement_ledger import Deed, ReportDeed, SignUpDeed, StatementDeed, VoteDeed
from massline.desk.guard.audit import chain
from massline.desk.guard.audit.models import AuditLine
from massline.desk.listen.rounds.models import FieldReport, Voice
from massline.desk.people.models import Organisation
from massline.desk.people.scope import scope_to_everything
from massline.square.conversations.models import Conversation, Statement, Vote
from massline.square.envelopes.actions import hash_token
from massline.square.envelopes.models import Envelope
from massline.square.envelopes.sealing import open_contents


@dataclass
class Damage:
    """Sentences about what is lost, half written, doubled or broken; all empty where all is well."""

    lost: set[str] = field(default_factory=set)
    half: set[str] = field(default_factory=set)
    doubled: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)


def find_damage(deeds: list[Deed], found: Damage) -> None:
    """Check on connections of our own, which are closed again so that they do not hinder recovery."""
    with scope_to_everything("a drill looks from outside"):
        found.lost |= missing_deeds(deeds)
        found.half |= half_written_rows()
        found.broken |= broken_files()
    connections.close_all()


def missing_deeds(deeds: list[Deed]) -> set[str]:
    conversation = Conversation.objects.get()
    votes = set(Vote.objects.values_list("participant__key", "statement__text", "value"))
    texts = set(Statement.objects.values_list("text", flat=True))
    hashes = set(Envelope.objects.values_list("token_hash", flat=True))
    voices = set(Voice.objects.values_list("report__uuid", "text"))
    reports = {(str(uuid), text) for uuid, text in voices}

    def is_there(deed: Deed) -> bool:
        match deed:
            case VoteDeed(token, statement, value):
                return (conversation.pseudonym(token), statement, value) in votes
            case StatementDeed(text):
                return text in texts
            case SignUpDeed(secret, _):
                return hash_token(secret) in hashes
            case ReportDeed(uuid, text):
                return (uuid, text) in reports

    return {repr(deed) for deed in deeds if not is_there(deed)}


def half_written_rows() -> set[str]:
    """Rows that belong together and are not together. One statement each: all of it is seen at one moment."""
    torn = FieldReport.objects.annotate(voices_count=Count("voices")).exclude(voices_count=2)
    lines, reports = AuditLine._meta.db_table, FieldReport._meta.db_table
    with connections["desk"].cursor() as cursor:
        cursor.execute(
            f"SELECT (SELECT count(*) FROM {lines} WHERE verb = 'wrote a field report') - (SELECT count(*) FROM {reports})"
        )
        (odd,) = cursor.fetchone()
    return {
        *[f"field report {pk} without its two voices" for pk in torn.values_list("pk", flat=True)],
        *([f"{odd} lines of the audit too many"] if odd else []),
    }  # fmt: skip


def broken_files() -> set[str]:
    """Faults that SQLite's own check reports; PostgreSQL is checked by amcheck at the end."""
    problems = set()
    for name in ("square", "desk"):
        connection = connections[name]
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA integrity_check")
                problems |= {f"{name}: {row[0]}" for row in cursor.fetchall() if row[0] != "ok"}
                cursor.execute("PRAGMA foreign_key_check")
                problems |= {f"{name}: {row}" for row in cursor.fetchall()}
    return problems


def find_hidden_damage(deeds: list[Deed], found: Damage, private_key: bytes) -> None:
    """At the end: open every envelope, read the audit from its first line, count what was sent twice."""
    find_damage(deeds, found)
    names = Counter(
        open_contents(bytes(envelope.sealed or b""), private_key)["name"]
        for envelope in Envelope.objects.all()
    )
    signed = {deed.name for deed in deeds if isinstance(deed, SignUpDeed)}
    found.lost |= {f"envelope of {name}" for name in signed - set(names)}
    texts = Counter(Statement.objects.values_list("text", flat=True))
    with scope_to_everything("a drill looks from outside"):
        heard = Counter(Voice.objects.values_list("text", flat=True))
        line = chain.first_broken_line(Organisation.objects.get())
    found.doubled |= {text for counted in (names, texts, heard) for text, n in counted.items() if n > 1}
    found.broken |= {f"audit line {line}"} if line is not None else set()
    connections.close_all()
