"""The secret of a manage link becomes an envelope here, and nowhere else."""

from django.shortcuts import get_object_or_404
from django.utils import timezone

from massline.square.envelopes.actions import hash_token
from massline.square.envelopes.models import Envelope


def access_envelope(secret: str) -> Envelope:
    """Return the envelope of a manage link; a wrong, old or mistyped one is not there."""
    envelope = get_object_or_404(
        Envelope.objects.select_related("organisation__parent", "slot"), token_hash=hash_token(secret)
    )
    timezone.activate(envelope.organisation.zone)
    return envelope
