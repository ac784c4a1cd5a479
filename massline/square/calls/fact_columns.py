"""Columns of the facts in `facts`, for every model that holds them. A model that allows more overrides that one field."""

from django.db import models

from massline.square.calls.states import EventKind


class PlaceColumns(models.Model):
    place = models.CharField(max_length=160)
    access = models.CharField(max_length=240, blank=True)

    class Meta:
        abstract = True


class EventColumns(PlaceColumns):
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
