"""A selection as a paper to hand to somebody: one text, written as Markdown, DOCX and PDF."""
