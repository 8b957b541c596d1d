"""What no decision may say: a name that a document withholds, or its words as one's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from pydantic import BaseModel

from ingest.decisions import Declaration, Description, Record, Verdict
from ingest.drafting import says_a_name, strings_in
from ingest.fields import Span
from ingest.folding import TakenIn
from ingest.objections import RefusedError
from ingest.passages import normalise
from ingest.reading import LoadedFile
from ingest.sources import Document
from ingest.spellings import says_name

COPIED = 14
"""So many words in a row of a document are a copy of it; the graph keeps people's own words."""
TextOf = Callable[[str], str]
"""Returns the text of a document, or nothing when it is not at hand."""


def refuse_copies(draft: Record, documents: Iterable[str], text_of: TextOf) -> None:
    """Refuse words of a document given as somebody's own, wherever they are said.

    What is said about one document is held against that one, all else against `documents`.
    Raises RefusedError: a summary in a person's own words names nobody by accident.
    """
    decision = draft.decision
    if isinstance(decision, Verdict | Declaration):
        own = decision.model_dump(mode="json", exclude={"facts": {"passages"}, "proposals": True})
        refuse_copies_in(strings_in(own), [decision.document], text_of)
    elif isinstance(decision, Description):  # its title is the document's own
        own = decision.model_dump(mode="json", exclude={"document": {"title", "file", "url"}})
        refuse_copies_in(strings_in(own), [decision.document.id], text_of)
    else:
        refuse_copies_in([getattr(decision, "reason", None) or ""], documents, text_of)


def refuse_copies_in(said: Iterable[str], documents: Iterable[str], text_of: TextOf) -> None:
    """Refuse texts in which words of some documents are given as somebody's own.

    Raises RefusedError.
    """
    runs = {
        run: (one, i)
        for one in said
        if len(one) > COPIED  # so many words have more letters
        for i, run in enumerate(_runs(_words(one)))
    }
    if not runs:  # no document need be read
        return
    for of in documents:
        for run in _runs(_words(text_of(of))):
            if run in runs:
                one, i = runs[run]
                raise RefusedError(
                    f"“{' '.join(one.split()[i : i + 4])} …” stands in the document word for "
                    "word. Say it in your own words; the passage itself is kept by its place."
                )


def _words(text: str) -> list[str]:
    return normalise(text).casefold().split()


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[i : i + COPIED]) for i in range(len(words) - COPIED + 1))


def refuse_names(
    draft: Record,
    withholding: Mapping[str, Document],
    text_of: TextOf,
    counted: Sequence[Record],
) -> None:
    """Refuse a decision that says a name which a document withholds.

    In the document's own decisions any word of a name counts, elsewhere the whole name. A name can
    only be withheld where no decision that counts has said it already. Where a document's text is
    read otherwise than when names were marked, nobody knows them, and nothing is decided on it.
    Raises RefusedError.
    """
    decision = draft.decision
    own = _document_of(decision)
    said = " ".join(_said(decision))
    for ident, document in withholding.items():
        text, spans = text_of(ident), document.withheld
        if not _is_as_marked(document, text):
            if ident == own and not _is_about_files(draft):
                raise RefusedError(read_otherwise(ident))
        elif says_a_name(said, text, spans) if ident == own else _says_whole(said, text, spans):
            raise RefusedError(
                "The decision gives away a name that a document withholds. "
                "Say it without the name, and let the passage begin and end elsewhere."
            )
    if isinstance(decision, Description) and own in withholding:
        text, spans = text_of(own), withholding[own].withheld
        for record in counted:
            if (
                _document_of(record.decision) == own
                and not _is_about_files(record)
                and says_a_name(" ".join(_said(record.decision)), text, spans)
            ):
                raise RefusedError(
                    f"Decision {record.number} says that name already. Undo it, then withhold the "
                    "name; its words stay in the journal, so keep that file to yourself."
                )


def refuse_names_in(
    texts: Iterable[str], withholding: Mapping[str, Document], text_of: TextOf
) -> None:
    """Refuse the texts of a batch in which a withheld name stands as a whole.

    Raises RefusedError.
    """
    said = " ".join(texts)
    for ident, document in withholding.items():
        text = text_of(ident)
        if _is_as_marked(document, text) and _says_whole(said, text, document.withheld):
            raise RefusedError(
                f"The file gives away a name that document `{ident}` withholds. Take it out there."
            )


def withheld_in(
    files: Iterable[LoadedFile], taken: Mapping[str, TakenIn], draft: Record | None = None
) -> dict[str, Document]:
    """Return the documents in which names are withheld, in corpus files and of those taken in.

    With a draft that describes a document, what it says of that one counts.
    """
    documents = [file.facts.document for file in files]
    documents += [held.described for held in taken.values() if held.described]
    if draft and isinstance(draft.decision, Description):
        documents.append(draft.decision.document)
    found = {document.id: document for document in documents}
    return {ident: document for ident, document in found.items() if document.withheld}


def read_otherwise(ident: str) -> str:
    """Return the line that refuses a text in which marked names cannot be found any more."""
    return (
        f"{ident}: is read otherwise than when names were withheld in it, so their places are not "
        "known. Withhold each name anew with `describe`."
    )


def _is_as_marked(document: Document, text: str) -> bool:
    """Whether names stand in a text where they were marked; one not at hand says nothing else."""
    return not text or document.file is None or document.file.characters == len(text)


def _says_whole(said: str, text: str, spans: Sequence[Span]) -> bool:
    names = {text[a:b] for a, b in spans if a < b <= len(text)}
    return any(says_name(said, name, whole=True) for name in names)


def _document_of(decision: BaseModel) -> str:
    document = getattr(decision, "document", "")
    return document if isinstance(document, str) else str(document.id)


def _is_about_files(record: Record) -> bool:
    """Tell whether a decision only took a file in, or was described before: that is replaced."""
    return record.decision.action in ("add", "describe")


def _said(decision: BaseModel) -> Iterator[str]:
    """Yield every text of a decision, the words at the ends of its passages among them."""
    return strings_in(decision.model_dump(mode="json", exclude={"action"}))
