"""Where the checkout is, and where everything this installation writes is kept."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(os.environ.get("TOIYA_VAR", ROOT / "var")).absolute()
