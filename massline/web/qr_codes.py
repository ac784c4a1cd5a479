"""QR codes on pages: an address as SVG, to scan from the screen."""

import segno
from django.utils.safestring import SafeString, mark_safe


def draw_qr(address: str) -> SafeString:
    """Draw an address as a QR code with its quiet zone; it takes the width of the element around it."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(border=4, light="#fff", omitsize=True)
    return mark_safe(drawn)
