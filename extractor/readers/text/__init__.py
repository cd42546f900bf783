"""Plain text in, a layout out: ASCII filings, whose columns are made of blanks, pipes, dashes and `<S>`, `<C>` tags."""

from extractor.readers.text.reader import read

__all__ = ["read"]
