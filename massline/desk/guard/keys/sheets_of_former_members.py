"""Sheets with which people who left could take back the key: they end, and a change of the lock seals nothing to them."""

from massline.desk.guard.keys import recovery_sheets
from massline.desk.guard.keys.models import PaperSet, RecoverySeal
from massline.desk.guard.second_person.invitation_circles import InvitationCircles
from massline.desk.people.models import Organisation


def end_sheets_of_former_member(organisation: Organisation) -> None:
    """End each set of which those who left may have as many sheets as open it; until new ones are made, keys are not safe.

    Whoever left counts together with the others who did, and sheets of their circles count as theirs, except those of
    key-holders, who have the key anyway.
    """
    circles = InvitationCircles.of(organisation)
    sets = PaperSet.objects.filter(key__organisation=organisation).prefetch_related("sheets")
    lost = [paper_set for paper_set in sets if _is_lost(paper_set, circles)]
    seal = RecoverySeal.objects.filter(key__organisation=organisation).order_by("-key__epoch").first()
    if seal is not None and any(paper_set.public == seal.public for paper_set in lost):
        RecoverySeal.objects.filter(key__organisation=organisation).delete()
    PaperSet.objects.filter(pk__in=[paper_set.pk for paper_set in lost]).delete()


def _is_lost(paper_set: PaperSet, circles: InvitationCircles) -> bool:
    holders = {account.pk for account in circles.holders()}
    keepers = [sheet.account_id for sheet in paper_set.sheets.all() if sheet.account_id not in holders]
    gone = [account for account, row in circles.memberships.items() if row.ended_on is not None]
    if not gone:
        return False
    theirs = [
        keeper
        for keeper in keepers
        if keeper is None or not all(circles.are_independent(one, keeper) for one in gone)
    ]
    return len(theirs) >= recovery_sheets.SHORT_NEED
