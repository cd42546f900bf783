"""Takes the bytes of an HTML page and gives its Layout."""

from extractor.readers.html.reader import read

__all__ = ["read"]
