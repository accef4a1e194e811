"""Settings of all tests."""

import sys
from pathlib import Path

from hypothesis import settings

settings.register_profile("stemma", deadline=None)  # the first call of a kernel compiles it
settings.load_profile("stemma")

sys.path.insert(0, str(Path(__file__).parent))
