"""Static files under names that change with their content, so browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Hashed(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Where nothing was collected yet (tests, a first look) the plain names are served instead."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        collected = self.hashed_files.get(self.hash_key(self.clean_name(name)))
        return str(collected) if collected else name
