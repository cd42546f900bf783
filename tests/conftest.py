"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# How long one example takes says more of what else the machine does than of the code; speed is measured elsewhere.
settings.register_profile("extractor", deadline=None)
settings.load_profile("extractor")
