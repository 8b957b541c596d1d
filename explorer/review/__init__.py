"""The parts of the page on which documents are taken in and decisions are made."""
