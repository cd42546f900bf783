"""The documentation builds to a site without a warning, its links lead somewhere, and it fetches nothing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.blocks import ROOT

pytest.importorskip("mkdocs")

from tools.make_docs.hooks import included, plot, shares

# Markdown that is read where it lies: links of these lead to files of the repository.
LOOSE = [*sorted(ROOT.glob("*.md")), ROOT / "samples" / "README.md"]

pytestmark = pytest.mark.skipif(not (ROOT / "mkdocs.yml").is_file(), reason="no docs here")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built strictly: a warning, such as for a link that leads nowhere, is an error."""
    place = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(place)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, "WARNING" in done.stderr) == (0, False), done.stderr
    return place


def test_every_page_is_there(site: Path) -> None:
    pages = {path.stem for path in (ROOT / "docs").glob("*.md")}
    assert {path.stem for path in site.glob("*.html")} - {"404"} == pages


def test_what_stands_elsewhere_is_shown(site: Path) -> None:
    accuracy = (site / "accuracy.html").read_text(encoding="utf-8")
    assert "libreoffice.pdf" in accuracy
    assert "pdfium alone" in accuracy
    assert "The rooms" in (site / "how-it-works.html").read_text(encoding="utf-8")
    assert "libreoffice.pdf" in (site / "accuracy.svg").read_text(encoding="utf-8")


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    for path in site.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        fetched = re.findall(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=\"(?:https?:)?//[^\"]*", page)
        assert fetched == [], path.name
    for path in site.rglob("*.css"):
        assert not re.search(r"(?:url\(|@import)\s*['\"]?(?:https?:)?//", path.read_text(encoding="utf-8")), path.name


def test_the_plot_shows_each_printing_once() -> None:
    tables = included("README.md", "accuracy")
    found = shares(tables)
    assert len(found) == len({share.name for share in found}) > 5
    assert all(0 <= share.exact <= share.files for share in found)
    assert plot(tables).count("<text") == 2 * len(found)


@pytest.mark.parametrize("path", LOOSE, ids=lambda path: path.name)
def test_links_of_the_other_pages_lead_to_files(path: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8"))
    files = [link for link in links if not re.match(r"\w+:", link)]
    assert [link for link in files if not (path.parent / link).exists()] == []
