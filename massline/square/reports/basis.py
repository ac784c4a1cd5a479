"""The basis of a report-back, in words."""

from collections.abc import Mapping

from django.utils.translation import ngettext


def describe_basis(counts: Mapping[str, int]) -> str:
    """Describe the basis of a report-back."""
    phrases = []
    if n := counts.get("people", 0):
        phrases.append(ngettext("talked to %(n)s person", "talked to %(n)s people", n) % {"n": n})
    if n := counts.get("voices", 0):
        phrases.append(ngettext("%(n)s voice written down", "%(n)s voices written down", n) % {"n": n})
    if n := counts.get("imported", 0):
        phrases.append(ngettext("%(n)s entry from a file", "%(n)s entries from files", n) % {"n": n})
    if n := counts.get("participants", 0):
        phrases.append(ngettext("%(n)s person answered online", "%(n)s people answered online", n) % {"n": n})
    if n := counts.get("votes", 0):
        phrases.append(ngettext("%(n)s answer", "%(n)s answers", n) % {"n": n})
    if n := counts.get("sections", 0):
        of = max(counts.get("sections_of", n), n)
        phrases.append(
            ngettext("%(n)s of %(of)s section", "%(n)s of %(of)s sections", of) % {"n": n, "of": of}
        )
    return ", ".join(phrases)
