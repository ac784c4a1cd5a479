"""The last part of the address of a question or report-back: short enough for a text message and a poster."""

from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify

from massline.engine.languages import language_of
from massline.square.organisations.models import PublicOrganisation

MOST_WORDS = 4
MOST_LETTERS = 32


def shorten_to_slug(words: str, language: str) -> str:
    """Make a slug of at most 32 letters from the words of a sentence that tell it from others.

    Up to four words, without those that any sentence has in that language, unless fewer than two would be left.
    Empty where nothing can be written in Latin letters.

    >>> shorten_to_slug("What should change about the heating in Block A?", "en")
    'change-heating-block'
    >>> shorten_to_slug("What first?", "en")
    'what-first'
    """
    known = language_of(language)
    common = known.stop_words | known.question_words if known else frozenset()
    all_words = [(word.strip(".,;:!?…\"'()¿¡«»“”").lower(), slugify(word)) for word in words.split()]
    telling = [slug for word, slug in all_words if len(slug) > 1 and word not in common]
    chosen = telling if len(telling) > 1 else [slug for _word, slug in all_words if slug]
    slug = ""
    for word in chosen[:MOST_WORDS]:
        longer = f"{slug}-{word}".strip("-")
        if len(longer) > MOST_LETTERS:
            break
        slug = longer
    return slug or "-".join(chosen)[:MOST_LETTERS].strip("-")


def free_page_slug(
    organisation: PublicOrganisation, words: str, pages: QuerySet[Any], *, default: str
) -> str:
    """Make a slug from words that none of an organisation's pages has; a number is added where it is taken."""
    base = shorten_to_slug(words, organisation.language) or default
    alike = pages.filter(organisation=organisation, slug__startswith=base)
    taken = set(alike.values_list("slug", flat=True))
    return next(
        slug for n in range(1, len(taken) + 2) if (slug := base if n == 1 else f"{base}-{n}") not in taken
    )
