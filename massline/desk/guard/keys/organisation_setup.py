"""Found an organisation with its key pair and publish it on the square."""

from django.db import transaction

from massline.core.organisation_colour import derive_colour_scheme
from massline.core.organisation_logo import draw_logo
from massline.desk.guard.audit import chain
from massline.desk.guard.keys import key_holders, private_key_encryption
from massline.desk.guard.keys.models import OrganisationKey
from massline.desk.guard.keys.vault import Vault
from massline.desk.people import scope
from massline.desk.people.choices import OrganisationKind, Role
from massline.desk.people.models import Account, Membership, Organisation
from massline.engine.privacy.threshold import LEAST
from massline.square.conversations.map_request import request_map
from massline.square.organisations.models import PublicOrganisation


def found_organisation(
    *,
    by: Account,
    passphrase: str,
    name: str,
    slug: str,
    sentence: str = "",
    kind: str = OrganisationKind.MASS,
    parent: Organisation | None = None,
    language: str = "en",
    timezone_name: str = "UTC",
    country: str = "",
    imprint: str = "",
) -> tuple[Organisation, Vault]:
    """Create an organisation with its first key-holder, its key pair and its public page."""
    public_key, private_key = private_key_encryption.create_key_pair()
    with transaction.atomic(using="desk"):
        organisation = Organisation.objects.create(
            name=name,
            slug=slug,
            sentence=sentence,
            kind=kind,
            parent=parent,
            language=language,
            timezone=timezone_name,
            country=country,
            imprint=imprint,
        )
        with scope.scope_to(organisation, "founding it"):
            Membership.objects.create(account=by, organisation=organisation, role=Role.HOLDER)
            if organisation.is_public:
                Account.objects.filter(pk=by.pk).update(may_found=False)
            key = OrganisationKey.objects.create(organisation=organisation, public_key=public_key)
            key_holders.ensure_account_key(by, passphrase)
            key_holders.seal_key_to_holder(key, private_key, to=by)
            chain.append_line(organisation, by, "founded", organisation)
            publish_public_face(organisation)
    return organisation, Vault(organisation.uuid, key.epoch, private_key)


def allow_member_to_found(member: Membership, *, by: Account) -> None:
    """Let a member found one organisation with a public page. Raises ValueError from an inner organisation."""
    organisation = member.organisation
    if not organisation.is_public:
        raise ValueError("Only an organisation with a public page can give its word. Nothing was changed.")
    with transaction.atomic(using="desk"):
        Account.objects.filter(pk=member.account_id).update(may_found=True)
        chain.append_line(organisation, by, "gave the word for a founder", member.account)


def publish_public_face(organisation: Organisation) -> PublicOrganisation | None:
    """Create or update the organisation's public row on the square; None for an inner organisation."""
    if not organisation.is_public:
        return None
    key = organisation.keys.first()
    parent = None
    if organisation.parent is not None:
        parent = PublicOrganisation.objects.filter(uuid=organisation.parent.uuid).first()
    face, _ = PublicOrganisation.objects.update_or_create(
        uuid=organisation.uuid,
        defaults={
            "slug": organisation.slug,
            "name": organisation.name,
            "sentence": organisation.sentence,
            "language": organisation.language,
            "timezone": organisation.timezone,
            "country": organisation.country,
            "imprint": organisation.imprint,
            "small_cell": organisation.small_cell,
            "colour": organisation.colour,
            "mark": render_organisation_logo(organisation),
            "parent": parent,
            "seal_key": bytes(key.public_key) if key else None,
            "seal_epoch": key.epoch if key else 0,
        },
    )
    return face


def set_country(*, organisation: Organisation, country: str, by: Account) -> None:
    """Set the country of phone numbers that are written without one, at the desk and on the public page."""
    with transaction.atomic(using="desk"):
        organisation.country = country
        organisation.save(update_fields=["country"])
        chain.append_line(organisation, by, "set the country of phone numbers", organisation)
        publish_public_face(organisation)


def set_threshold(*, organisation: Organisation, small_cell: int, by: Account) -> None:
    """Set the least number of people a figure must cover, at the desk and on the public page, and renew the maps.

    Raises ValueError if it is below the least that Massline allows.
    """
    if small_cell < LEAST:
        raise ValueError(f"A threshold is never under {LEAST}. Nothing was changed.")
    with transaction.atomic(using="desk"), transaction.atomic(using="square"):
        organisation.small_cell = small_cell
        organisation.save(update_fields=["small_cell"])
        chain.append_line(organisation, by, f"set the threshold to {small_cell}", organisation)
        face = publish_public_face(organisation)
        for conversation in face.conversations.values_list("pk", flat=True) if face else ():
            request_map(conversation)


def render_organisation_logo(organisation: Organisation) -> bytes | None:
    """Draw the mark in the colour that can be read on the organisation's own; None without a mark."""
    if not organisation.mark:
        return None
    return draw_logo(bytes(organisation.mark), derive_colour_scheme(organisation.colour).on_own)


def set_branding(*, organisation: Organisation, colour: str, mark: bytes | None, by: Account) -> None:
    """Set mark and colour at the desk and on the public page; empty ones are those that every organisation has."""
    with transaction.atomic(using="desk"):
        organisation.colour, organisation.mark = colour, mark
        organisation.save(update_fields=["colour", "mark"])
        chain.append_line(organisation, by, "chose mark and colour", organisation)
        publish_public_face(organisation)
