"""The maker of the samples: from the facts of a filing to its ownership XML, its pages, its PDFs and what to expect."""
