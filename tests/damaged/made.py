"""Documents that no reader can make a filing of, made on the spot: bytes come out."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SAMPLE = SAMPLES / "qualys-2021-sec"


def sample(name: str) -> bytes:
    """A file of a sample; skips where the samples are not there."""
    path = SAMPLE / name
    if not path.is_file():
        pytest.skip(f"no sample {SAMPLE.name}/{name}")
    return path.read_bytes()


def pdf(*contents: str) -> bytes:
    """A minimal PDF of one page for each content stream, in Helvetica as /F."""
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(contents)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for index, content in enumerate(contents):
        objects += [
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F 3 0 R >> >>"
            f" /Contents {5 + 2 * index} 0 R >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    end = f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer\n<< /Size {len(offsets) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + end.encode("ascii")


def letter() -> bytes:
    """A PDF that is a letter and no form."""
    return pdf("BT /F 12 Tf 72 700 Td (Dear shareholder, the annual meeting will be held in May.) Tj ET")


def drawing() -> bytes:
    """A PDF that draws a box and has no text."""
    return pdf("72 72 200 100 re S")


def no_pages() -> bytes:
    """A sound PDF with no page in it."""
    return pdf()


def encrypted(user: str, data: bytes) -> bytes:
    """The PDF under a user password; with an empty one only its owner is locked out."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="owner", user=user, R=6))
    return out.getvalue()


def noise(size: int) -> bytes:
    """Random bytes, always the same."""
    return random.Random(size).randbytes(size)


def nested(depth: int) -> bytes:
    """A page with as many tables inside each other, never closed."""
    return b"<html><body>" + b"<table><tr><td>" * depth + b"FORM 4"


def altered(data: bytes, seed: int, count: int = 12) -> bytes:
    """The bytes with some of them replaced at random, behind the signature."""
    chance = random.Random(seed)
    changed = bytearray(data)
    for _ in range(count):
        changed[chance.randrange(16, len(changed))] = chance.randrange(256)
    return bytes(changed)
