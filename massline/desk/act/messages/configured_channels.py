"""Channels that send messages, behind one protocol: e-mail, text message, Telegram and Matrix, if configured."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from massline.core.contact_points import ContactMethod
from massline.desk.act.messages.channel_interface import Channel
from massline.desk.act.messages.http_channels import Matrix, Telegram, TextMessages
from massline.desk.act.messages.mail_channel import Mail


def list_configured() -> list[type[Channel]]:
    """List the channels this installation can send by; none is configured by default."""
    candidates: list[tuple[object, type[Channel]]] = [
        (settings.MAIL_FROM and settings.MAIL, Mail),
        (settings.SMS_URL, TextMessages),
        (settings.TELEGRAM_TOKEN, Telegram),
        (settings.MATRIX_URL and settings.MATRIX_TOKEN, Matrix),
    ]
    return [channel for set_up, channel in candidates if set_up]


@contextmanager
def open_configured(only: str = "") -> Iterator[dict[ContactMethod, Channel]]:
    """Open every configured channel for a batch, or the one of a method, and close them after it."""
    channels = {channel.method: channel() for channel in list_configured() if only in ("", channel.method)}
    try:
        yield channels
    finally:
        for channel in channels.values():
            channel.close()
