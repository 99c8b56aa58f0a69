"""What holds for all tests."""

from hypothesis import settings

# No time limits: a slow machine is not a wrong answer. The same examples at every run: a failure can be had again.
settings.register_profile("comity", deadline=None, derandomize=True)
settings.load_profile("comity")
