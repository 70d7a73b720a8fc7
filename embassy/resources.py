"""Where templates and translations lie: inside an installed wheel, or at the top of a checkout."""

from pathlib import Path

HOUSE = Path(__file__).parent
BUNDLED = HOUSE / "_data"
ROOT = BUNDLED if BUNDLED.is_dir() else HOUSE.parent
TEMPLATES = ROOT / "templates"
TRANSLATIONS = ROOT / "translations"
