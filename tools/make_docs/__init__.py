"""The makers of the documentation's generated parts: from the code to Markdown between two markers of a page."""
