"""What somebody who carries this disk away would get: each table, and whether it can be read.

Each table is declared once below; one that is not declared counts as a leak. What is declared closed must look
closed, and what can be read inside is searched for ways to reach somebody. No content ever leaves this module.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from django.apps import apps
from django.db import connections, models

Kind = Literal["public", "sealed", "inside", "not declared"]

HOLDS: dict[str, tuple[Kind, str]] = {
    "organisations_publicorganisation": ("public", "organisations as the square shows them"),
    "conversations_conversation": ("inside", "questions, and the key that turns a cookie into a number"),
    "conversations_participant": ("inside", "a number for each voice, another in every conversation"),
    "conversations_statement": ("inside", "sentences, also those that were not shown"),
    "conversations_vote": ("inside", "answers, under such a number"),
    "conversations_opinionsnapshot": ("inside", "maps of opinion"),
    "conversations_leveltally": ("inside", "maps of opinion, one for each way people came in"),
    "conversations_routing": ("inside", "what is known of statements, to choose which is asked next"),
    "conversations_origin": ("inside", "how numbers of an export became numbers of ours"),
    "conversations_way": ("inside", "invitations and stacks of cards: how many, never to whom"),
    "conversations_code": ("inside", "hashes of codes, and which still open; to whom they went, not"),
    "reports_reportback": ("public", "reports"),
    "reports_claim": ("public", "what reports claim"),
    "reports_publicanswer": ("public", "questions people asked, and answers"),
    "reports_reportcorrection": ("public", "what reports set right"),
    "reports_resonance": ("inside", "whether readers found it right, under a number"),
    "calls_publicevent": ("public", "events"),
    "calls_publishedcall": ("public", "calls"),
    "calls_publishedversion": ("public", "calls in further languages"),
    "calls_callsponsor": ("public", "organisations that call together"),
    "calls_sharepicture": ("public", "pictures of calls"),
    "calls_sourceday": ("inside", "how often a call was opened from posters, flyers, messages, day by day"),
    "envelopes_envelope": ("sealed", "sign-ups: how many and for which event; who, not"),
    "envelopes_slot": ("public", "hours and roles, and how many each needs"),
    "envelopes_courierkey": ("sealed", "public halves of courier keys, one for each event"),
    "envelopes_couriercopy": (
        "sealed",
        "addresses for reminders; the worker's key files open them until two days after",
    ),
    "organisations_publishedhead": ("public", "heads of audit chains"),
    "people_contact": ("sealed", "contacts: how many, since when, in which language; who, not"),
    "people_nextstep": ("inside", "next steps, under a contact's number"),
    "people_account": ("inside", "the names organisers call themselves by; passphrases only as Argon2id"),
    "people_passkey": ("inside", "the public halves of organisers' passkeys, under names they gave them"),
    "people_codeapp": ("sealed", "secrets of code apps, closed under the server's own, which is not in here"),
    "people_recoverycode": ("sealed", "codes on paper, only as hashes"),
    "people_desksession": (
        "inside",
        "who is logged in, since which day, for twelve hours; cookies as hashes",
    ),
    "people_membership": ("inside", "which organiser is in which organisation"),
    "people_organisation": ("inside", "organisations, inner ones too"),
    "people_section": ("inside", "sections and how many live or work there"),
    "people_contactimport": ("inside", "lists that were brought in: where from, how many; who, not"),
    "people_mandate": ("inside", "mandates and their terms"),
    "people_holding": (
        "inside",
        "which organiser, or which contact by number, holds which part of a mandate",
    ),
    "people_vouch": ("inside", "which organiser knows which contact, by number"),
    "people_rung": ("inside", "the names of rungs, nobody on them"),
    "people_studypath": ("inside", "names of study paths"),
    "people_studystep": ("inside", "what is taught, and which organiser teaches it"),
    "people_learnt": ("inside", "who was taught what by whom, under a contact's number"),
    "guard_organisationkey": ("sealed", "public keys, and the key before sealed to the next"),
    "guard_accountkey": ("sealed", "organisers' keys, each closed under a passphrase"),
    "guard_holderseal": ("sealed", "the vault's key, sealed to each key-holder"),
    "guard_recoveryseal": ("sealed", "the vault's key, sealed to words on paper"),
    "guard_unlock": ("sealed", "halves of open vaults; the other half is in a cookie"),
    "guard_invitation": ("sealed", "invitations, their secrets only as hashes"),
    "guard_auditline": ("inside", "which organiser did what kind of thing on which day"),
    "guard_proposal": ("inside", "what key-holders proposed, why, and who confirmed it"),
    "guard_legalhold": ("inside", "legal holds and their reasons"),
    "guard_audithead": ("inside", "how long each audit chain was on which day"),
    "guard_headleaf": ("public", "digests that name nobody"),
    "guard_trying": ("inside", "when backups were made and tried"),
    "api_apikey": ("sealed", "keys of other programs, only as hashes"),
    "api_webhook": ("inside", "addresses of programs that are told what is published"),
    "api_telling": ("inside", "what they were told: calls, report-backs, decisions"),
    "street_sighting": ("public", "what was seen on the street, verified"),
    "legal_rightscard": ("public", "cards of rights, and the number of the hotline"),
    "legal_hotlineslot": ("inside", "which organiser sits at the hotline"),
    "legal_observer": ("inside", "which organiser watches where"),
    "legal_custody": ("sealed", "how many were held, and whether the lawyer knows; who, not"),
    "legal_streetreport": ("inside", "what was said to be seen on the street"),
    "jobs_job": ("inside", "work to do, by name and number"),
    "django_migrations": ("public", "which version made the tables"),
    "django_content_type": ("public", "names of tables"),
    "auth_permission": ("public", "names of permissions; not used"),
    "auth_group": ("public", "not used"),
    "auth_group_permissions": ("public", "not used"),
}
ROOMS = ("listen", "sumup", "decide", "call", "act", "meeting", "programmes", "structure", "learn")
CLOSED = {
    "envelopes_envelope": ("sealed",),
    "envelopes_couriercopy": ("sealed",),
    "people_contact": ("sealed_name", "sealed_point", "blind_index"),
    "people_codeapp": ("sealed",),
    "legal_custody": ("sealed",),
    "people_recoverycode": ("digest",),
    "guard_organisationkey": ("sealed_previous",),
    "guard_accountkey": ("sealed",),
    "guard_holderseal": ("sealed",),
    "guard_recoveryseal": ("sealed", "challenge"),
    "guard_unlock": ("sealed",),
    "guard_invitation": ("sealed",),
    "act_attendance": ("sealed_needs",),
    "act_checkin": ("sealed",),
}
_DATE = re.compile(r"(?<![\d.])\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?!\.?\d)")
_WAYS = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}"  # mail
    r"|(?<![\w.])(?:\+|0)\d(?:[ ()/-]{0,2}\d){6,14}(?![\w.])"  # phone
    r"|(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])"  # IPv4
    r"|(?<![\w:])(?:[0-9a-f]{1,4}:{1,2}){3,7}[0-9a-f]{1,4}(?![\w:])",  # IPv6
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Seen:
    """One table: how many rows, what they are, and in how many rows of which column somebody can be read."""

    table: str
    rows: int
    kind: Kind
    what: str
    readable: dict[str, int] = field(default_factory=dict)


def look(database: str) -> Iterator[Seen]:
    """Look at every table of one database that has rows."""
    known = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    connection = connections[database]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            rows = int(cursor.fetchone()[0])
            if rows:
                kind, what = holds(table)
                model = known.get(table)
                found = readable(model, database) if model is not None and kind != "public" else {}
                yield Seen(table, rows, kind, what, found)


def holds(table: str) -> tuple[Kind, str]:
    if table.split("_", 1)[0] in ROOMS:
        return "inside", "what organisers wrote down, and the numbers of contacts"
    return HOLDS.get(table, ("not declared", "nobody has said what this is"))


def readable(model: type[models.Model], database: str) -> dict[str, int]:
    """Count the rows in which a way to reach somebody, or what should be closed, can be read."""
    closed = CLOSED.get(model._meta.db_table, ())
    wordy = (models.CharField, models.TextField, models.JSONField)
    columns = [
        one.attname for one in model._meta.concrete_fields if isinstance(one, wordy) or one.attname in closed
    ]
    if not columns:
        return {}
    counted = dict.fromkeys(columns, 0)
    for row in model._base_manager.using(database).values_list(*columns).iterator(chunk_size=2000):
        for column, value in zip(columns, row, strict=True):
            counted[column] += is_open(value) if column in closed else reaches_somebody(value)
    return {column: count for column, count in counted.items() if count}


def is_open(value: object) -> bool:
    """Tell what can be read from what is closed: too short to be sealed, or letters."""
    if value is None:
        return False
    if not isinstance(value, bytes | memoryview):
        return True
    content = bytes(value)
    if len(content) < 16 or reaches_somebody(content.decode("latin-1")):
        return True
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def reaches_somebody(value: object) -> bool:
    """Is there a mail address, a phone number or a network address in it?"""
    if isinstance(value, dict):
        return any(reaches_somebody(one) for pair in value.items() for one in pair)
    if isinstance(value, list):
        return any(reaches_somebody(one) for one in value)
    return isinstance(value, str) and _WAYS.search(_DATE.sub(" ", value)) is not None
