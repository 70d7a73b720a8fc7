"""What the wheel carries beside the package: templates and compiled catalogues, under embassy/_data."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Furnishing(BuildHookInterface[Any]):
    """Compiles the catalogues and puts them and the templates into a standard wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the files; an editable install reads them from the checkout instead."""
        if version != "standard":
            return
        root = Path(self.root)
        # The hook is loaded by its path: the package it builds is not importable yet.
        sys.path.insert(0, self.root)
        from embassy import catalogues

        bundled = build_data["force_include"]
        bundled[str(root / "templates")] = "embassy/_data/templates"
        for compiled in catalogues.compile_all(root / "translations"):
            bundled[str(compiled)] = f"embassy/_data/{compiled.relative_to(root).as_posix()}"
