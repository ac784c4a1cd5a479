"""Fields of forms that hold a secret: they are never written into a page to be sent again."""

SECRET = ("pass", "credential", "secret", "code", "token", "key", "share")
# A choice about a vote, and no secret: without it a vote meant to be kept would be an open one.
NO_SECRET = frozenset({"is_secret"})


def is_secret_field(name: str) -> bool:
    """True if a field of this name may hold a passphrase, a code, a key or a share of one.

    >>> is_secret_field("passphrase"), is_secret_field("code"), is_secret_field("is_secret"), is_secret_field("what")
    (True, True, False, False)
    """
    return name not in NO_SECRET and any(word in name.lower() for word in SECRET)
