"""Errors of archives that cannot be opened."""

import zipfile
import zlib

BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError)
"""All that zipfile and gzip raise for a file that is cut off, locked with a password or packed in a way they do not know."""
