"""Channels that send messages, behind one protocol: e-mail, text message, Telegram and Matrix, if configured."""

from django.conf import settings

from massline.desk.act.messages.channel_interface import Channel
from massline.desk.act.messages.http_channels import MatrixChannel, TelegramChannel, TextMessageChannel
from massline.desk.act.messages.mail_channel import MailChannel


def list_configured_channels(only: str = "") -> list[type[Channel]]:
    """List the channels this installation can send by, or the one of a method; none is configured by default."""
    candidates: list[tuple[object, type[Channel]]] = [
        (settings.MAIL_FROM and settings.MAIL, MailChannel),
        (settings.SMS_URL, TextMessageChannel),
        (settings.TELEGRAM_TOKEN, TelegramChannel),
        (settings.MATRIX_URL and settings.MATRIX_TOKEN, MatrixChannel),
    ]
    return [channel for set_up, channel in candidates if set_up and only in ("", channel.method)]
