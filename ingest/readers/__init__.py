"""Readers: the bytes of a file become text with offsets, blocks, pages, language and findings."""

from ingest.readers.isolated import Limits, ReadingFailure, read_files
from ingest.readers.reading import read_bytes
from ingest.readers.structure import Block, Finding, Reading

__all__ = [
    "Block",
    "Finding",
    "Limits",
    "Reading",
    "ReadingFailure",
    "read_bytes",
    "read_files",
]
