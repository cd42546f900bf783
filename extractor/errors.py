"""What can stop the reading of one document: the exception tree, its exit codes and its hints.

    ExtractorError                .source .hint .exit_code
    ├── SourceError               the bytes cannot be read                     exit 3
    │   ├── UnsupportedFormat     no PDF, no HTML page, no text
    │   ├── DamagedSource         of a known kind, but broken
    │   ├── EncryptedSource       needs a password
    │   ├── NoTextLayer           pages without characters (a scan)
    │   ├── SourceTooLarge        beyond the stated limits
    │   └── SourceUnreadable      missing, not a file, no permission
    ├── RecognitionError          readable, but not a Form 3, 4 or 5           exit 4
    │   ├── NotAnOwnershipForm
    │   └── AmbiguousTemplate     two templates fit equally well
    ├── LimitError                a time or memory limit was met               exit 3
    │   ├── TimedOut
    │   ├── OutOfMemory
    │   └── WorkerDied
    ├── TemplateError             a template file is wrong (ours, not yours)   exit 3
    ├── MissingExtra              an optional part is not installed            exit 3
    ├── CorrectionRefused         a reviewer's correction does not fit         exit 3
    └── WriteError                output cannot be written                     exit 7

An error stops one document. What merely puts a value in doubt is an `Issue` and travels with the result.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command line; tools outside the project rely on them."""

    READ = 0
    USAGE = 2
    NOT_READABLE = 3
    NOT_A_FORM = 4
    IN_DOUBT = 5
    SOME_FAILED = 6
    NOT_WRITTEN = 7
    BUSY = 75
    INTERRUPTED = 130


class ExtractorError(Exception):
    """Base of everything this package raises on purpose.

    `source` names the document, `hint` says what the user can do about it.
    """

    exit_code: ExitCode = ExitCode.NOT_READABLE
    default_hint: str = ""

    def __init__(self, message: str, *, source: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.source = source
        self.hint = hint or self.default_hint

    def __str__(self) -> str:
        where = f"{self.source}: " if self.source else ""
        return f"{where}{self.message}"

    def about(self, source: str) -> ExtractorError:
        """The same error, naming `source` if it named none yet."""
        self.source = self.source or source
        return self


class SourceError(ExtractorError):
    """The bytes cannot be read as a document."""


class UnsupportedFormat(SourceError):
    """The content is of no kind that can be read."""

    default_hint = "give a PDF, an HTML page or a text of a Form 3, 4 or 5"


class DamagedSource(SourceError):
    """The kind is known, the content is broken or holds nothing."""

    default_hint = "get the file again; this copy is incomplete or damaged"


class EncryptedSource(SourceError):
    """The document needs a password that is not empty."""

    default_hint = "save a copy without a password and give that"


class NoTextLayer(SourceError):
    """The pages hold pictures but no characters."""

    default_hint = "this is a scan; recognise its text with an OCR tool first"


class SourceTooLarge(SourceError):
    """The document is beyond the stated limits."""

    default_hint = "ownership forms are far smaller; check that this is the right file"


class SourceUnreadable(SourceError):
    """The path leads to nothing that can be opened and read."""

    default_hint = "check the path and its permissions"


class RecognitionError(ExtractorError):
    """The document is readable but its form is not recognised."""

    exit_code = ExitCode.NOT_A_FORM


class NotAnOwnershipForm(RecognitionError):
    """No template's captions stand on the page."""

    default_hint = "only SEC Forms 3, 4 and 5 are read; `extractor layout FILE` shows what was seen"


class AmbiguousTemplate(RecognitionError):
    """Two templates explain the page equally well, and they disagree."""

    default_hint = "please report this file's producer: a template lacks a distinguishing caption"


class LimitError(ExtractorError):
    """A limit set for one document was met."""


class TimedOut(LimitError):
    """Reading took longer than allowed."""


class OutOfMemory(LimitError):
    """Reading took more memory than allowed."""


class WorkerDied(LimitError):
    """The process that read the document ended without an answer."""


class TemplateError(ExtractorError):
    """A template file breaks its schema or contradicts another."""


class MissingExtra(ExtractorError):
    """An optional part of the package is not installed."""

    def __init__(self, extra: str, purpose: str) -> None:
        super().__init__(f"{purpose} needs an optional part", hint=f"pip install 'form345-extractor[{extra}]'")
        self.extra = extra


class CorrectionRefused(ExtractorError):
    """A file of corrections is none, is of another document, or says of a value what does not fit."""

    default_hint = "make the review anew from this very file and correct it there"


class WriteError(ExtractorError):
    """The output cannot be written."""

    exit_code = ExitCode.NOT_WRITTEN
    default_hint = "check the path, its permissions and the free space"
