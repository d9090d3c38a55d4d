"""Compiles the rule packs when a wheel is built, so that an installed copy never parses YAML."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent


class CompileRules(BuildHookInterface[Any]):
    """Adds the compiled rules beside the packs; it names the hash of the sources it was made from."""

    _compiled: Path | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the packs into the wheel under way."""
        if self.target_name != "wheel" or version == "editable":
            return
        sys.path.insert(0, str(ROOT / "src"))
        from qmsr_lint import shipped

        with tempfile.NamedTemporaryFile(suffix=".jsonl", delete=False) as file:
            file.write(shipped.compiled(str(ROOT / "rules")))
        self._compiled = Path(file.name)
        build_data["force_include"][file.name] = f"qmsr_lint/rules/{shipped.COMPILED}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Delete what the wheel now holds."""
        if self._compiled is not None:
            self._compiled.unlink(missing_ok=True)
