"""Page furniture: what a page says around its document (menus, cookies, popular pages, law)."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.readers.structure import Block

# A block with one of these is furniture wherever it stands.
ALWAYS = {
    "cookie line": r"\b(?:we|site|website|page) uses? cookies|\bcookies? (?:policy|settings|"
    r"preferences|consent)|\baccept (?:all )?cookies|\bmanage (?:your )?preferences",
    "menu": r"^(?:skip (?:to|navigation)|back to top|toggle navigation|main menu|search for:)",
    "subscription": r"\b(?:subscribe|sign up) (?:to|for|now|here|today)\b|\bnewsletter\b.{0,60}\b"
    r"(?:inbox|e-?mail|subscribe|sign)|\bclick here\b|\bbecome an? (?:friend|member|supporter)\b|"
    r"\b(?:donate|support us|support our work)\b.{0,80}$|\bfollow us\b|\bshare (?:this|on|via)\b",
    "legal notice": r"\ball rights reserved\b|^(?:copyright|©|\(c\)) .{0,80}$|"
    r"\b(?:not|nor) (?:intended to )?(?:constitute|be construed as|be taken as|be relied (?:up)?on"
    r" as)\b.{0,60}\badvice\b|\binformation purposes only\b|\bprivacy policy\b|"
    r"\bterms (?:of use|and conditions)\b",
}
# A short line with one of these opens a stretch of furniture, to the next long paragraph.
OPENERS = re.compile(
    r"^(?:(?:the )?(?:most (?:popular|read|viewed|shared)|trending)\b.{0,30}|related\b.{0,40}|"
    r"read (?:more|next|also)\b.{0,20}|you (?:may|might) also (?:like|be interested)\b.{0,20}|"
    r"(?:share|tags?|topics?|categories|archives?|comments?|advertisement)(?: this)?\b.{0,20}|"
    r"more (?:from|on|news|stories)\b.{0,40}|(?:latest|recent|other) (?:news|posts|articles|"
    r"stories)"
    r"|leave a (?:reply|comment)|about (?:us|the author)|contact us|follow us\b.{0,30}|"
    r"newsletters?|sign up|sitemap|quick links|useful links|see also)\s*:?$",
    re.IGNORECASE,
)
LONG = 25  # words: a paragraph of the document itself


def mark_furniture(text: str, blocks: list[Block]) -> list[Block]:
    """Mark blocks that are furniture by their words; marks a reader set stay."""
    marked = []
    inside = ""
    for block in blocks:
        words = text[block.start : block.end]
        count = len(words.split())
        if OPENERS.match(words.strip()):
            inside = "about" if words.lower().startswith("about") else "other pages"
            marked.append(replace(block, furniture=block.furniture or inside))
            continue
        if inside and count >= LONG and inside != "about":
            inside = ""
        reason = block.furniture or inside or always(words)
        if inside == "about" and count >= LONG:
            inside = ""
        marked.append(replace(block, furniture=reason))
    return marked


def always(words: str) -> str:
    """Return why a block is furniture by itself, or nothing."""
    if len(words.split()) > 120:
        return ""
    for reason, pattern in ALWAYS.items():
        if re.search(pattern, words.strip(), re.IGNORECASE):
            return reason
    return ""
