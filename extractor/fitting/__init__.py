"""From a layout and a template to what was reported: captions found, values cut out, marks tied to their footnotes."""

from extractor.fitting.assemble import Fit, fit

__all__ = ["Fit", "fit"]
