"""The documentation's picture of a review is one that a command makes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tools import review_picture


@pytest.mark.usefixtures("browser")
def test_the_picture_can_be_made_anew(tmp_path: Path) -> None:
    """In a process of its own, as the command is called: one process cannot run two drivers at once."""
    import subprocess
    import sys

    to = tmp_path / "review.png"
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-m", "tools.review_picture", str(to)], cwd=root, check=True)
    with Image.open(to) as made, Image.open(review_picture.PICTURE) as kept:
        assert made.size == kept.size == (review_picture.WIDTH, review_picture.HEIGHT)
        for each in (made, kept):
            assert any(_is_near(colour, LIT) for _, colour in each.convert("RGB").getcolors(1 << 24) or ())


LIT = (255, 216, 77)  # behind the value in hand


def _is_near(colour: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return max(abs(one - two) for one, two in zip(colour, other, strict=True)) <= 12
