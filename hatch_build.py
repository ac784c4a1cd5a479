"""What a wheel holds beside the source: the catalogues compiled, because where it is installed nobody may write."""

import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledCatalogues(BuildHookInterface[Any]):
    """Put each catalogue into the wheel as Django reads it, in place of its text."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return  # a checkout compiles its own whenever a text changes
        import polib

        self.compiled = tempfile.TemporaryDirectory()
        for source in sorted(Path(self.root).glob("massline/locale/*/LC_MESSAGES/*.po")):
            place = source.relative_to(self.root).with_suffix(".mo")
            target = Path(self.compiled.name) / place
            target.parent.mkdir(parents=True)
            target.write_bytes(polib.pofile(source.read_text(encoding="utf-8")).to_binary())
            build_data["force_include"][str(target)] = str(place)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self.compiled.cleanup()
