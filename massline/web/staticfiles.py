"""Static files under names that change with their content, so browsers may keep them for ever."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Rooms whose scripts are modules of our own; packages bring scripts that name files they do not carry.
MODULES = ("act/*.js", "listen/*.js", "guard/*.js", "massline/*.js")


class HashedFileStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Storage with hashed names; the plain names are served where nothing was collected yet, as in tests."""

    manifest_strict = False
    # A module names the modules it stands on by file; those names change with their content as well.
    patterns = (
        *HashedFilesMixin.patterns,
        *((ours, HashedFilesMixin._js_module_import_aggregation_patterns[1]) for ours in MODULES),  # type: ignore[attr-defined]
    )

    def stored_name(self, name: str) -> str:
        collected = self.hashed_files.get(self.hash_key(self.clean_name(name)))
        return str(collected) if collected else name
