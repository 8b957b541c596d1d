"""Readers: the bytes of a file become text with offsets, blocks, pages, language and findings."""

from ingest.readers.isolated import Limits, ReadingFailure, bytes_of, read_files, read_limited
from ingest.readers.reading import PLAIN, READERS_VERSION, media_type, read_bytes
from ingest.readers.structure import Block, Finding, Reading

__all__ = [
    "PLAIN",
    "READERS_VERSION",
    "Block",
    "Finding",
    "Limits",
    "Reading",
    "ReadingFailure",
    "bytes_of",
    "media_type",
    "read_bytes",
    "read_files",
    "read_limited",
]
