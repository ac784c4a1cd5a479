"""Ways to share a call: short address, QR codes, picture, counts by source."""
