"""Measurements of the package, accuracy and speed: a corpus of filings comes in, tables of figures go out."""
