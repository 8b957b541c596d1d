"""Ids, words, days, numbers and labels on the command line that are none."""

from __future__ import annotations

import os

from bad_inputs.case import Case


def ask(name: str, *words: str, code: int = 1, says: str = "") -> Case:
    return Case(f"question: {name}", ("ask", *words), says, code=code)


def show(name: str, ident: str, code: int = 1) -> Case:
    return Case(f"id: {name}", ("show", "--", ident), "", code=code)


INJECTED = '" } ; DROP ALL ; SELECT * { ?s ?p "'
BASE = "https://w3id.org/reformgraph/id/"
IDS = [
    show("nobody's", "actor/nobody"),
    show("an empty one", "", 1),
    show("a space", " "),
    show("one with a space", "actor/open locks", 2),
    show("one with a quotation mark", 'actor/a"b', 2),
    show("one that would end a query", INJECTED),
    show("one that would end an address", f"{BASE}actor/a> ?p ?o }} #", 2),
    show("an address with a space", f"{BASE}actor/a b", 2),
    show("an address with a line end", f"{BASE}actor/a\nb", 2),
    show("an address elsewhere", "https://example.org/x"),
    show("an address of a file", "file:///etc/passwd", 1),
    show("a script", "javascript:alert(1)", 2),
    show("a path that goes up", "../../etc/passwd", 2),
    show("a path from the root", "/etc/passwd", 2),
    show("one that begins with a dash", "-rf"),
    show("markup", "<script>alert(1)</script>", 2),
    show("control characters", "\x1b[2J\x07"),
    show("a direction turned", "actor/\u202eabc", 2),
    show("letters that look like others", "actor/\u043epen-locks", 2),
    show("100,000 characters", "a" * 100_000),
    show("a slash alone", "/", 2),
    show("two dots", "..", 1),
    show("a kind without an id", "actor/", 2),
    show("a kind that is none", "person/ada", 2),
    show("a prefix that is none", "zz:b", 2),
    show("a half of a surrogate", "actor/\udcff", 2),
    show("percent signs", "actor/%00%0a", 2),
]
QUESTIONS = [
    ask("one that is none", "what_if"),
    ask("one with an injection", INJECTED),
    ask("a parameter that is none", "what_changed", "--colour", "blue", code=2),
    ask("a parameter without a value", "what_changed", "--since", code=2),
    ask("a value without a parameter", "what_changed", "blue", code=2),
    ask("a parameter twice", "what_changed", "--since", "2020-01-01", "--since", "2021-01-01", code=2),
    ask("a parameter that is needed and not given", "how_are_they_linked", code=2),
    ask("a day that never was", "what_changed", "--since", "2023-02-30", code=2),
    ask("a day without a month", "what_changed", "--since", "2023", code=2),
    ask("a day in words", "what_changed", "--since", "yesterday", code=2),
    ask("a day of the year 0", "what_changed", "--since", "0000-01-01", code=2),
    ask("a day of the year 99999", "what_changed", "--since", "99999-01-01", code=2),
    ask("a day with a time", "what_changed", "--since", "2023-01-01T00:00:00Z", code=2),
    ask("a day in other digits", "what_changed", "--since", "\u0662\u0660\u0662\u0663-\u0660\u0661-\u0660\u0661", code=2),
    ask("a day that ends a text", "what_changed", "--since", '2023-01-01" }', code=2),
    ask("a day as of which never was", "what_changed", "--as-of", "2023-02-30", code=2, says="as-of"),
    ask("a day as of which in words", "what_changed", "--as-of", "'; DROP", code=2),
    ask("a status that is none", "which_recommendations", "--status", "done", code=2),
    ask("a status of another axis", "which_recommendations", "--axis", "response", "--status", "adopted", code=2),
    ask("an axis that is none", "which_recommendations", "--axis", "\u202e", code=2),
    ask("a basis that is none", "which_recommendations", "--basis", "<b>", code=2),
    ask("an issuer nobody knows", "which_recommendations", "--issuer", "nobody"),
    ask("an issuer with an injection", "which_recommendations", "--issuer", INJECTED),
    ask("an issuer that is an address with a space", "which_recommendations", "--issuer", f"{BASE}actor/a b"),
    ask("an issuer of 100,000 characters", "which_recommendations", "--issuer", "a" * 100_000),
    ask("an issuer with control characters", "which_recommendations", "--issuer", "a\x01b"),
    ask("a theme with a line end", "which_recommendations", "--theme", "a\nb"),
    ask("a number that is negative", "how_are_they_linked", "--one", "open-locks-network", "--other", "open-locks-network", "--longest", "-1", code=2),
    ask("a number of 5,000 digits", "how_are_they_linked", "--one", "open-locks-network", "--other", "open-locks-network", "--longest", "9" * 5000, code=2),
    ask("a number in words", "how_are_they_linked", "--one", "open-locks-network", "--other", "open-locks-network", "--longest", "two", code=2),
    ask("a number that is not whole", "how_are_they_linked", "--one", "open-locks-network", "--other", "open-locks-network", "--longest", "1e3", code=2),
    ask("a number as a sign", "how_are_they_linked", "--one", "open-locks-network", "--other", "open-locks-network", "--longest", "\u00b2", code=2),
    ask("a yes that is a maybe", "what_is_said_about", "--contradicted", "maybe", code=2),
    ask("a form that is none", "what_changed", "--format", "xml", code=2),
]  # fmt: skip
WORDS = [
    Case("word: a command that is none", ("adopt",), "adopt", code=2),
    Case("word: a command with a line end", ("bu\nild",), "", code=2),
    Case("word: a command of 100,000 characters", ("a" * 100_000,), "", code=2),
    Case("word: an option that is none", ("build", "--fast"), "--fast", code=2),
    Case("word: an option of the whole that is none", ("--fast",), "--fast", code=2),
    Case("word: one too many", ("build", "now"), "now", code=2),
    Case("word: a port that is none", ("explore", "--port", "99999"), "--port", code=2),
    Case("word: a port that is a word", ("explore", "--port", "http"), "--port", code=2),
    Case("word: an outcome that is none", ("decide", "perhaps", "c"), "perhaps", code=2),
    Case("word: a candidate nobody knows", ("decide", "accept", "nothing/0-9"), ""),
    Case("word: a decision that is none", ("undo", "zero"), ""),
    Case("word: a decision that was never made", ("undo", "99"), ""),
    Case("word: a decision of a negative number", ("undo", "--", "-1"), ""),
    Case("word: a decision of 5,000 digits", ("undo", "9" * 5000), ""),
    Case("word: a head that is none", ("verify", "--head", "'; --"), "", code=2),
    Case("word: a document nobody knows", ("review", "nothing"), ""),
    Case("word: a document with an injection", ("review", INJECTED), ""),
    Case("word: a state that is none", ("review", "notes", "--state", "lost"), "lost", code=2),
    Case("word: a recommendation nobody knows", ("assess", "nothing", "adopted", "--as-of", "2024-01-01", "--basis", "textRead"), "", code=2),
    Case("word: a day of assessment that never was", ("assess", "nothing", "adopted", "--as-of", "2023-02-30"), "", code=2),
    Case("word: a day to be reminded that never was", ("remind", "nothing", "2023-02-30"), "", code=2),
    Case("word: a reviewer of one letter", ("undo", "1", "--who", "A"), "", code=2),
    Case("word: a reviewer of control characters", ("undo", "1", "--who", "\x1b[2J\x07\x1b"), "", code=2),
    Case("word: a reviewer who turns the direction", ("undo", "1", "--who", "Ada\u202eevE"), "", code=2),
    Case("word: a reviewer of 100,000 letters", ("undo", "1", "--who", "A" * 100_000), "", code=2),
    Case("word: a reviewer with a space nobody sees", ("undo", "1", "--who", "Ad\u200ba"), "U+200B", code=2),
    Case("word: a reviewer of two scripts", ("undo", "1", "--who", "Ad\u0430"), "mixes Cyrillic", code=2),
    Case("word: a reason that hides a space", ("undo", "1", "--reason", "Why\u200b not."), "`reason`", code=2),
    Case("word: a title that turns its direction", ("describe", "notes", "--title", "No\u2067tes", "--publisher", "open-locks-network", "--kind", "resolution"), "U+2067", code=2),
    Case("word: a publisher of two scripts", ("describe", "notes", "--publisher", "Cr\u0435ws [ngo]", "--kind", "resolution"), "mixes Cyrillic", code=2),
    Case("word: an outcome for a reason that hides", ("decide", "reject", "notes/18-53", "--reason", "No\u00adne."), "soft hyphen", code=2),
    Case("word: a look that hides a space", ("assess", "open-locks-2012-gauge-data", "noInformation", "--axis", "adoption", "--as-of", "2024-01-01", "--looked-in", "open-locks-2012", "--searched", "All\u200b of it."), "U+200B", code=2),
    Case("word: a reason to be reminded that hides", ("remind", "open-locks-2012-gauge-data", "2027-01-01", "--reason", "Look\u200e again."), "left-to-right mark", code=2),
    Case("word: facts that hide a space", ("state", "open-locks-2012", "f.yaml"), "f.yaml line 2: `themes.0.label`", {"f.yaml": "themes:\n  - {id: fees, label: \"Fe\\u200bes\", definition: What is paid.}"}),
    Case("word: facts that are no YAML", ("state", "notes", "f.yaml"), "", {"f.yaml": "a: [b"}, code=2),
    Case("word: facts of a document nobody knows", ("state", "nothing", "f.yaml"), "", {"f.yaml": "asks: []"}),
    Case("word: facts that are a bomb of aliases", ("state", "notes", "f.yaml"), "", {"f.yaml": "a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]\n"}, code=2),
    Case("word: facts from a pipe", ("state", "notes", "f.yaml"), "", make=lambda f: os.mkfifo(f / "f.yaml")),
    Case("word: a name for a case nobody knows", ("names", "add", "nothing"), "no case", stdin=b"Somebody\n"),
    Case("word: a name without a case", ("names", "add"), "", code=2),
    Case("word: a name to erase that is not there", ("erase", "0000000000"), ""),
    Case("word: a name to erase with a path", ("erase", "../x"), ""),
    Case("word: a template of another kind", ("template", "none/t.xlsx"), ""),
    Case("word: a template over a device", ("template", "/dev/full"), ""),
    Case("word: a snapshot in a folder that is not there", ("build", "--out", "none/x.nq"), ""),
    Case("word: a snapshot over a folder", ("build", "--out", "."), ""),
]  # fmt: skip
CASES = [*IDS, *QUESTIONS, *WORDS]
