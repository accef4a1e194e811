"""Settings of all tests."""

from hypothesis import settings

settings.register_profile("stemma", deadline=None)  # the first call of a kernel compiles it
settings.load_profile("stemma")
