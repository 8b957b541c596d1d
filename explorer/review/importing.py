"""Files of rows and of RDF: the template, a preview of what a file would bring, all or nothing."""

from __future__ import annotations

from functools import partial

import streamlit as st

from explorer.importing import told
from explorer.languages.saying import say
from explorer.markup import element, plain
from explorer.review import importingrdf
from explorer.review.acting import NOBODY, attempt
from explorer.review.known import Known
from explorer.screen import own_place, put
from ingest.imports import Source
from ingest.passages import sha256
from ingest.tables.batches import Batch
from ingest.tables.mapping import shipped_mapping, shipped_mappings
from ingest.tables.reading import LIMITS
from ingest.tables.template import Form, template
from ontology.errors import ReformError

OWN = "The template, filled in"
OTHER = "A mapping file of your own"
OFFERED: list[tuple[str, Form, bool]] = [
    ("Empty, as XLSX", "xlsx", False),
    ("Empty, as CSV", "csv", False),
    ("Filled with what is known, as XLSX", "xlsx", True),
    ("Filled with what is known, as CSV", "csv", True),
]
"""The template's forms: what the button says, the format, and whether rows are in it."""
MOST = 40
"""How many wrong cells are shown one by one."""
MEGABYTES = LIMITS.size // (1024 * 1024)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(known: Known, who: str) -> None:
    """Show the tab."""
    st.header(plain(say("The template")))
    _offer_template(known)
    st.header(plain(say("A file of rows")))
    with own_place():
        _show_rows(known, who)
    importingrdf.show(known, who)


def _show_rows(known: Known, who: str) -> None:
    left, right = st.columns(2)
    upload = left.file_uploader(
        plain(say("CSV or XLSX")), type=["csv", "tsv", "txt", "xlsx"], max_upload_size=MEGABYTES,
        key="review rows",
    )  # fmt: skip
    form = right.selectbox(
        plain(say("How to read it")),
        [OWN, *shipped_mappings(), OTHER],
        key="review form",
        format_func=lambda one: say(one) if one in (OWN, OTHER) else one,
    )
    mapping = _mapping(form, right)
    if upload is None or (form != OWN and mapping is None):
        put(
            element(
                "p",
                say(
                    "Rows come in as one decision: all of a file, or none. They are marked as "
                    "imported, not reviewed."
                ),
                class_="rg-small",
            )
        )
        return
    source = Source(upload.name, upload.getvalue())
    batch = _previewed(known, who, f"{upload.file_id} {form}", source, mapping)
    if batch is not None:
        _decide(known, who, source, mapping, batch)


def _offer_template(known: Known) -> None:
    with st.container(horizontal=True):
        for label, form, filled in OFFERED:
            name = f"{'recommendations' if filled else 'template'}.{form}"
            st.download_button(
                plain(say(label)), partial(template, known.corpus, form, filled=filled),
                file_name=name, mime=XLSX if form == "xlsx" else "text/csv", on_click="ignore",
                key=f"template {form} {filled}", icon=":material/download:",
            )  # fmt: skip


def _mapping(form: str, place: st.delta_generator.DeltaGenerator) -> Source | None:
    if form == OWN:
        return None
    if form != OTHER:
        return Source(f"{form}.yaml", shipped_mapping(form))
    given = place.file_uploader(
        plain(say("Mapping file (YAML)")), type=["yaml", "yml"], key="review mapping"
    )
    return Source(given.name, given.getvalue()) if given else None


def _previewed(
    known: Known, who: str, key: str, source: Source, mapping: Source | None
) -> Batch | None:
    """Return what a file would bring, read once for each state of the workspace."""
    read_by = sha256(mapping.data.hex()) if mapping else ""
    state = f"{key} {len(known.records)} {read_by}"
    held: dict[str, Batch | str] = st.session_state.setdefault("review batch", {})
    if state not in held:
        held.clear()
        with st.spinner(plain(say("Reading {name} …", name=source.name))):
            try:
                held[state] = known.desk.preview(who or "nobody", source, mapping)
            except ReformError as error:
                held[state] = str(error)
    batch = held[state]
    if isinstance(batch, str):
        for line in batch.splitlines()[:MOST]:
            st.error(plain(line))
        return None
    return batch


def _decide(known: Known, who: str, source: Source, mapping: Source | None, batch: Batch) -> None:
    put(element("pre", told(batch), class_="rg-small"))
    if batch.errors:
        st.error(plain(say("Nothing can be taken in until these cells are mended:")))
        lines = [element("li", str(error)) for error in batch.errors[:MOST]]
        if len(batch.errors) > MOST:
            lines.append(element("li", say("and {count:,} more", count=len(batch.errors) - MOST)))
        put(element("ul", *lines, class_="rg-list"))
        return
    if batch.brings_nothing:
        kept = any(change.kept for change in batch.changes)
        known_all = say("All that this file says is known already.")
        otherwise = say(
            "All that this file says is known already, or was decided otherwise by a person."
        )
        st.info(plain(otherwise if kept else known_all))
        return
    if len(who.strip()) < 2:
        put(element("p", say(NOBODY), class_="rg-small"))
    reason = st.text_input(
        plain(say("Reason, for those who read the journal")), key="review rows reason"
    )
    if st.button(
        plain(say("Take in all rows")), type="primary", icon=":material/playlist_add:"
    ) and attempt(who, lambda: known.desk.take_batch(who, source, mapping, batch, reason or None)):
        st.session_state["review go"] = "Journal"
        st.rerun()
