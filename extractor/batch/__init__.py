"""Archives of filings come in; data sets go out, one record an input, whatever the inputs are."""

from __future__ import annotations

from extractor.batch.many import Outcome, extract_many
from extractor.batch.record import Record
from extractor.batch.run import Options, retry_batch, run_batch

__all__ = ["Options", "Outcome", "Record", "extract_many", "retry_batch", "run_batch"]
