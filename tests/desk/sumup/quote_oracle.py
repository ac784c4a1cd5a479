"""What a published quote is held against, written apart from the code that makes it."""

TAKEN_OUT = "[…]"


def is_its_source_but_for_what_was_taken_out(quote: str, source: str) -> bool:
    """Byte for byte: what stands between the marks stands in the source, in this order, from its start to its end."""
    pieces = [piece.encode() for piece in quote.split(TAKEN_OUT)]
    words = source.encode()
    if len(pieces) == 1:
        return pieces[0] == words
    if not words.startswith(pieces[0]) or not words.endswith(pieces[-1]):
        return False
    at = len(pieces[0])
    for piece in pieces[1:-1]:
        found = words.find(piece, at + 1)
        if found < 0:
            return False
        at = found + len(piece)
    return at < len(words) - len(pieces[-1]) + 1
