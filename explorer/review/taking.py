"""Taking documents in: read, shown before anything is kept, then kept or left."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from explorer.languages.saying import say
from explorer.markup import Html, element, joined, plain
from explorer.review.acting import NOBODY, attempt
from explorer.review.known import Known
from explorer.review.text import beginning
from explorer.screen import own_place, put
from explorer.takingin import Coming, read_here
from explorer.words import language_in_words
from ingest.extraction import Candidate, TooMuchError
from ingest.folding import slug
from ingest.readers import Limits
from ingest.reviewing import proposed
from ontology.errors import ReformError

LEFT = "review left"
"""Session: uploads that the user does not want, or that were kept."""
MEGABYTES = Limits().size // (1024 * 1024)


@dataclass(frozen=True)
class Found:
    """A document that was read, and what the rules propose in it; or why not."""

    name: str
    one: Coming | None = None
    candidates: tuple[Candidate, ...] = ()
    fault: str = ""


def show(known: Known, who: str) -> None:
    """Show the tab."""
    st.header(plain(say("From your files")))
    uploads = st.file_uploader(
        plain(say("Text, HTML, PDF or DOCX")),
        accept_multiple_files=True,
        max_upload_size=MEGABYTES,
        key="review uploads",
    )
    told = say(
        "Up to {size} MB a file. Nothing is kept, and nobody else is told, until you say.",
        size=MEGABYTES,
    )
    put(element("p", told, class_="rg-small"))
    found = []
    for upload in uploads or []:
        if upload.file_id not in st.session_state.setdefault(LEFT, set()):
            found.append((upload.file_id, _read_upload(upload.file_id, upload.name, upload)))
    st.header(plain(say("From the web")))
    _ask_address()
    found += [(f"web {url}", one) for url, one in st.session_state.get("review web", {}).items()]
    kept = [held for held in known.taken.values()]
    with own_place():
        if len([one for _, one in found if one.one]) > 1:
            _keep_all(known, who, found)
    for key, one in found:
        _show_found(known, who, key, one)
    if not found and not kept:
        put(element("p", say("No document has been taken in yet."), class_="rg-empty"))


def _read_upload(key: str, name: str, upload: object) -> Found:
    read: dict[str, Found] = st.session_state.setdefault("review read", {})
    if key not in read:
        with st.spinner(plain(say("Reading {name} …", name=name))):
            read[key] = _read(upload.getvalue(), name)  # type: ignore[attr-defined]
    return read[key]


def _read(data: bytes, name: str, url: str | None = None) -> Found:
    try:
        return _looked_at(read_here(data, name, url))
    except ReformError as error:
        return Found(name, fault=str(error))


def _looked_at(one: Coming) -> Found:
    try:
        return Found(one.reading.name, one, tuple(proposed(one.reading, [])))
    except TooMuchError as error:  # it may be kept all the same
        return Found(one.reading.name, one, fault=str(error))


def _ask_address() -> None:
    left, right = st.columns([5, 1], vertical_alignment="bottom")
    url = left.text_input(
        plain(say("Web address")),
        key="review address",
        placeholder="https://…",
        autocomplete="off",
    )
    help_ = say("This asks the server of that address for one document; nothing else is asked.")
    if right.button(
        plain(say("Fetch")), icon=":material/download:", disabled=not url, help=plain(help_)
    ):
        from ingest.fetching import fetch

        with st.spinner(plain(say("Fetching and reading …"))):
            try:
                got = fetch(url)
                found = _read(got.data, got.name, got.url)
            except ReformError as error:
                found = Found(url, fault=str(error))
        st.session_state.setdefault("review web", {})[url] = found


def _show_found(known: Known, who: str, key: str, found: Found) -> None:
    with st.container(border=True):
        if found.one is None:
            st.error(plain(found.fault))
            if key.startswith("web ") and st.button(plain(say("Leave it")), key=f"leave {key}"):
                _leave(key)
                st.rerun()
            return
        put(_told(found, found.one))
        for finding in found.one.reading.findings:
            st.warning(plain(f"{finding.kind}: {finding.message}"))
        if found.fault:
            st.warning(plain(found.fault))
        same = _same(known, found.one)
        if same:
            st.info(plain(say("These very bytes are in the workspace already: {id}.", id=same)))
        with st.container(horizontal=True):
            keep = st.button(
                plain(say("Keep")),
                key=f"keep {key}",
                type="primary",
                disabled=bool(same),
                icon=":material/bookmark_add:",
            )
            if st.button(plain(say("Leave it")), key=f"leave {key}"):
                _leave(key)
                st.rerun()
        if keep and (ident := _keep(known, who, found.one)):
            _leave(key)
            _go_to(ident)


def _told(found: Found, one: Coming) -> Html:
    reading = one.reading
    asks = sum(candidate.kind != "status" for candidate in found.candidates)
    language = language_in_words(reading.language) or say("not told")
    facts = [
        (say("File"), reading.name),
        (say("From"), one.url or say("your files")),
        (say("Kind"), reading.media_type),
        (say("Size"), say("{bytes:,} bytes, {characters:,} characters", bytes=len(one.data),
                          characters=len(reading.text))),
        (say("Pages"), str(len(reading.pages)) if reading.pages else ""),
        (say("Language"), language),
        (say("Found"), say("May be recommendations: {asks}; statements of what became of one: "
                           "{statuses}", asks=asks, statuses=len(found.candidates) - asks)),
    ]  # fmt: skip
    if reading.language not in ("", "en"):
        told = say("The rules know English only; here you state everything by hand.")
        facts.append((say("Note"), told))
    pairs = [joined(element("dt", a), element("dd", b, dir="auto")) for a, b in facts if b]
    return joined(
        element("h3", reading.title or reading.name, dir="auto"),
        element("dl", *pairs, class_="rg-facts"),
        element("p", beginning(reading), class_="rg-passage", dir="auto"),
    )


def _same(known: Known, one: Coming) -> str:
    sha256 = one.reading.sha256
    return next((i for i, held in known.taken.items() if held.addition.sha256 == sha256), "")


def _keep(known: Known, who: str, one: Coming) -> str:
    """Keep a document; return its id, or nothing when it was refused."""
    name = one.reading.name.rpartition(".")[0] or one.reading.name
    wanted = slug(one.reading.title or name)
    ident, number = wanted, 2
    while ident in known.titles and not _is_copy(known, ident, one):
        ident, number = f"{wanted}-{number}", number + 1
    record = attempt(who, lambda: known.desk.take_in(who, one.reading, one.data, ident=ident,
                                                     url=one.url))  # fmt: skip
    return str(getattr(record.decision, "document", "")) if record else ""


def _is_copy(known: Known, ident: str, one: Coming) -> bool:
    document = known.described.get(ident)
    return bool(document and document.file and document.file.sha256 == one.reading.sha256)


def _keep_all(known: Known, who: str, found: list[tuple[str, Found]]) -> None:
    readable = [(key, one.one) for key, one in found if one.one and not _same(known, one.one)]
    if readable and st.button(plain(say("Keep all {count}", count=len(readable))), key="keep all"):
        if len(who.strip()) < 2:
            st.error(plain(say(NOBODY)))
            return
        for key, one in readable:
            if _keep(known, who, one):
                _leave(key)
        st.rerun()


def _leave(key: str) -> None:
    """Let go of what was read."""
    st.session_state.setdefault(LEFT, set()).add(key)
    st.session_state.get("review read", {}).pop(key, None)
    st.session_state.get("review web", {}).pop(key.removeprefix("web "), None)


def _go_to(document: str) -> None:
    """Go on to the queue of a document."""
    st.query_params["document"] = document
    st.query_params.pop("candidate", None)
    st.session_state["review go"] = "Document"
    st.rerun()
