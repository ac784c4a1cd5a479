"""Taking a file in to look at it, and bringing in what is in it once somebody said so."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.desk.guard.audit import chain
from massline.desk.listen.import_export import voice_rows
from massline.desk.listen.import_export.archive_reader import pack, unpack
from massline.desk.listen.import_export.content import open_parcel
from massline.desk.listen.import_export.models import REMEMBERED, Parcel, ParcelState
from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account
from massline.jobs.models import enqueue
from massline.square.conversations.polis.folder_reader import Folder
from massline.square.conversations.polis.merge import MergePlan, merge_folder

# What is written while somebody waits for the page; more is the worker's, and the page shows how far it is.
AT_ONCE = 3_000


def receive(*, round_: ListeningRound, sent: Sequence[tuple[str, bytes]], by: Account) -> Parcel:
    """Let a file wait to be looked at; raises Unusable with a sentence where there is nothing to look at."""
    packed = pack(unpack(sent))
    name = ", ".join(name for name, _content in sent)[:120]
    return Parcel.objects.create(round=round_, name=name, packed=packed, by=by)


def bring(*, parcel: Parcel, rows: int, by: Account) -> None:
    """Bring a parcel in, now or by the worker; pressed twice, it is brought in once."""
    waiting = Parcel.objects.filter(pk=parcel.pk, state=ParcelState.LOOKED)
    with transaction.atomic(using="desk"):
        if not waiting.update(state=ParcelState.WAITING, rows=rows, by=by):
            return
        # Where it is done at once the worker finds nothing left, and where that broke it does it again.
        delay = timedelta() if rows > AT_ONCE else timedelta(minutes=1)
        enqueue("listen.bring_in", using="desk", key=f"parcel-{parcel.pk}", delay=delay, parcel=parcel.pk)
    if rows <= AT_ONCE:
        carry_out(parcel.pk)


def carry_out(pk: int) -> None:
    """Write what is in a parcel. Done again after a kill it changes nothing: every row is known by its name."""
    parcel = (
        Parcel.objects.select_related("round__organisation", "by")
        .filter(pk=pk, state=ParcelState.WAITING)
        .first()
    )
    if parcel is None:
        return
    content = open_parcel(parcel)
    count = _counting(parcel)
    if content.stops:
        _end(parcel, ParcelState.REFUSED, {}, trouble=content.stops[:400])
    elif content.folder is None:
        written = voice_rows.write(content.voices, round_=parcel.round, by=parcel.by, done=count)
        _end(parcel, ParcelState.DONE, {"voices": written})
    else:
        conversation = conversation_of(parcel.round)
        assert conversation is not None, "a folder is read only where there is a conversation"
        joined = merge_folder(conversation, content.folder, done=count)
        _end(parcel, ParcelState.DONE, _counts(content.folder, joined))


def _counts(folder: Folder, joined: MergePlan) -> dict[str, int]:
    """How much came in; of a later export, how much of it was new and how many answers are other ones now."""
    if joined.changes_nothing:
        return {"statements": 0, "people": 0, "answers": 0}
    later = joined.later
    if later is None:
        people, answers = len(folder.participants), len(folder.votes)
        return {"statements": len(joined.new), "people": people, "answers": answers}
    added = {"statements": len(joined.new), "people": len(later.newcomers), "answers": len(later.fresh)}
    return added | {"changed": len(later.changed)}


def _counting(parcel: Parcel) -> Callable[[int], None]:
    """Say on the page how far it is; the desk's row tells while the square's transaction still runs."""
    written = 0

    def count(rows: int) -> None:
        nonlocal written
        written += rows
        Parcel.objects.filter(pk=parcel.pk).update(written=written)

    return count


def _end(parcel: Parcel, state: ParcelState, counts: dict[str, int], *, trouble: str = "") -> None:
    """Forget the files, and remember for a year how much it was."""
    with transaction.atomic(using="desk"):
        parcel.state, parcel.trouble, parcel.packed, parcel.chosen = state, trouble, None, counts
        parcel.until = timezone.localdate() + REMEMBERED
        parcel.save(update_fields=["state", "trouble", "packed", "chosen", "until"])
        if state == ParcelState.DONE:
            chain.write(parcel.round.organisation, parcel.by, "brought words in", parcel)


def told(parcel: Parcel) -> str:
    """How much came in, in a sentence."""
    counts: dict[str, int] = parcel.chosen
    if not any(counts.values()):
        return _("All of it was here already. Nothing was changed.")
    if "voices" in counts:
        return ngettext("%(voices)d voice came in.", "%(voices)d voices came in.", counts["voices"]) % counts
    if "changed" in counts:
        return (
            _(
                "A later export came in. New statements: %(statements)d, people: %(people)d, answers: %(answers)d. "
                "Answers changed since: %(changed)d."
            )
            % counts
        )
    return _("%(statements)d statements came in, and %(answers)d answers of %(people)d people.") % counts
