"""Columns of the facts in `facts`, for every model that holds them. A model that allows more overrides that one field."""

from django.db import models

from massline.square.calls.event_place import describe_place
from massline.square.calls.states import EventKind, Joining


class PlaceColumns(models.Model):
    place = models.CharField(max_length=160, blank=True)
    access = models.CharField(max_length=240, blank=True)

    class Meta:
        abstract = True


class JoiningColumns(models.Model):
    joining = models.CharField(max_length=10, choices=Joining.choices, default=Joining.IN_PERSON)
    place: "models.CharField[str, str]"

    class Meta:
        abstract = True

    @property
    def where(self) -> str:
        """The place as people read it: a room, online, or both."""
        return describe_place(self.place, self.joining)

    @property
    def is_online(self) -> bool:
        """Whether people can take part online, perhaps beside a room."""
        return self.joining in (Joining.ONLINE, Joining.MIXED)


class EventColumns(PlaceColumns, JoiningColumns):
    """Facts of an event without its hours: a series has none, and the square indexes them."""

    kind = models.CharField(max_length=14, choices=EventKind.choices)
    title = models.CharField(max_length=120)
    about = models.TextField(blank=True)

    class Meta:
        abstract = True


class WordingColumns(models.Model):
    slogan = models.CharField(max_length=90)
    ask = models.CharField(max_length=160)
    why = models.TextField(blank=True)
    bring = models.CharField(max_length=160, blank=True)

    class Meta:
        abstract = True


class CallColumns(WordingColumns):
    called_by = models.CharField(max_length=160, help_text="who calls, since which decision")
    language = models.CharField(max_length=12, default="en")

    class Meta:
        abstract = True


class TranslationColumns(WordingColumns, PlaceColumns):
    language = models.CharField(max_length=12)
    what = models.CharField(max_length=120)
    place = models.CharField(max_length=160, blank=True)

    class Meta:
        abstract = True
