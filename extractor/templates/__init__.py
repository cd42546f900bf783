"""What the forms ask and how they are drawn, as data; and which of them a page is."""

from extractor.templates.choose import Choice, choose
from extractor.templates.load import fingerprint_of_added, forms, printings, template
from extractor.templates.model import Column, Form, Printing, Table, Template

__all__ = [
    "Choice",
    "Column",
    "Form",
    "Printing",
    "Table",
    "Template",
    "choose",
    "fingerprint_of_added",
    "forms",
    "printings",
    "template",
]
