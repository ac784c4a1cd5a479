"""Stage a file for preview, and import it once an organiser confirms."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.desk.guard.audit import chain
from massline.desk.listen.import_export import voice_rows
from massline.desk.listen.import_export.batch_content import read_import, table_file
from massline.desk.listen.import_export.column_mapping import read_table
from massline.desk.listen.import_export.models import REMEMBERED, ImportBatch, ImportState
from massline.desk.listen.import_export.upload_reader import pack_files, unpack_upload
from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account
from massline.jobs.models import enqueue
from massline.square.conversations.polis.folder_merge import MergePlan, merge_folder
from massline.square.conversations.polis.folder_reader import Folder
from massline.tables.file_sheets import is_workbook
from massline.tables.reading_options import ReadingOptions

# Up to so many rows are imported while the page loads; the worker imports larger files.
AT_ONCE = 3_000


def stage_import(*, round_: ListeningRound, sent: Sequence[tuple[str, bytes]], by: Account) -> ImportBatch:
    """Store files for a preview. Raises UnusableFile if they hold no table or export."""
    files = unpack_upload(sent)
    for content in files.values():
        if is_workbook(content):
            read_table(content)  # a workbook that does not open is refused where it was chosen
    packed = pack_files(files)
    name = ", ".join(name for name, _content in sent)[:120]
    return ImportBatch.objects.create(round=round_, name=name, packed=packed, by=by)


def choose_reading(*, parcel: ImportBatch, choices: ReadingOptions) -> None:
    """Read the file another way; its columns are guessed anew. Raises UnusableFile, and nothing is changed then."""
    read_table(table_file(parcel), choices)
    parcel.chosen = {"file": choices.as_json()}
    parcel.save(update_fields=["chosen"])


def start_import(*, parcel: ImportBatch, rows: int, by: Account) -> None:
    """Import a batch, at once or through the worker. A second call changes nothing."""
    waiting = ImportBatch.objects.filter(pk=parcel.pk, state=ImportState.LOOKED)
    with transaction.atomic(using="desk"):
        if not waiting.update(state=ImportState.WAITING, rows=rows, by=by):
            return
        # A backup for imports that fail while the page loads; after a success the job finds nothing to do.
        delay = timedelta() if rows > AT_ONCE else timedelta(minutes=1)
        enqueue("listen.bring_in", using="desk", key=f"parcel-{parcel.pk}", delay=delay, parcel=parcel.pk)
    if rows <= AT_ONCE:
        run_import(parcel.pk)


def run_import(pk: int) -> None:
    """Write the rows of a batch. Repeatable after an interruption: rows that exist are skipped."""
    parcel = (
        ImportBatch.objects.select_related("round__organisation", "by")
        .filter(pk=pk, state=ImportState.WAITING)
        .first()
    )
    if parcel is None:
        return
    content = read_import(parcel)
    progress = _progress_counter(parcel)
    if content.stops:
        _finish(parcel, ImportState.REFUSED, {}, trouble=content.stops[:400])
    elif content.folder is None:
        written = voice_rows.save_voices(content.voices, round_=parcel.round, by=parcel.by, done=progress)
        _finish(parcel, ImportState.DONE, {"voices": written})
    else:
        conversation = conversation_of(parcel.round)
        assert conversation is not None, "a folder is read only where there is a conversation"
        merged = merge_folder(conversation, content.folder, done=progress)
        _finish(parcel, ImportState.DONE, _counts(content.folder, merged))


def _counts(folder: Folder, merged: MergePlan) -> dict[str, int]:
    """Numbers of imported statements, people and answers; for a later export, new and changed ones only."""
    if merged.changes_nothing:
        return {"statements": 0, "people": 0, "answers": 0}
    later = merged.later
    if later is None:
        people, answers = len(folder.participants), len(folder.votes)
        return {"statements": len(merged.new), "people": people, "answers": answers}
    added = {"statements": len(merged.new), "people": len(later.newcomers), "answers": len(later.fresh)}
    return added | {"changed": len(later.changed)}


def _progress_counter(parcel: ImportBatch) -> Callable[[int], None]:
    """A callback that adds written rows to the batch, visible while the square's transaction still runs."""
    written = 0

    def count(rows: int) -> None:
        nonlocal written
        written += rows
        ImportBatch.objects.filter(pk=parcel.pk).update(written=written)

    return count


def _finish(parcel: ImportBatch, state: ImportState, counts: dict[str, int], *, trouble: str = "") -> None:
    """Delete the files, and keep the counts for a year."""
    with transaction.atomic(using="desk"):
        parcel.state, parcel.trouble, parcel.packed, parcel.chosen = state, trouble, None, counts
        parcel.until = timezone.localdate() + REMEMBERED
        parcel.save(update_fields=["state", "trouble", "packed", "chosen", "until"])
        if state == ImportState.DONE:
            chain.append_line(parcel.round.organisation, parcel.by, "brought words in", parcel)


def import_summary(parcel: ImportBatch) -> str:
    """A sentence with the numbers of imported rows."""
    counts: dict[str, int] = {"statements": 0, "answers": 0, "people": 0} | parcel.chosen
    if not any(counts.values()):
        return _("Everything in it was already here. Nothing changed.")
    if "voices" in counts:
        return (
            ngettext("Imported %(voices)d voice.", "Imported %(voices)d voices.", counts["voices"]) % counts
        )
    if "changed" in counts:
        return (
            _(
                "Imported the newer export. New statements: %(statements)d, people: %(people)d, "
                "answers: %(answers)d. Changed answers: %(changed)d."
            )
            % counts
        )
    return _("Imported %(statements)d statements and %(answers)d answers from %(people)d people.") % counts
