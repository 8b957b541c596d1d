"""What comes from data is shown as text, on every way to the screen."""

import ast
import re
from pathlib import Path

import pytest

import explorer
from explorer.markup import Html, address, element, escaped, is_safe_address, joined, marked, plain
from explorer.screen import put

ROOM = Path(explorer.__file__).parent

# Streamlit reads these words as Markdown, in which an image is fetched from another machine.
MARKDOWN = {
    "badge", "button", "caption", "checkbox", "date_input", "download_button", "error",
    "exception", "expander", "header", "info", "link_button", "markdown", "metric", "multiselect",
    "number_input", "page_link", "pills", "popover", "radio", "segmented_control", "selectbox",
    "subheader", "success", "text_area", "text_input", "title", "toast", "toggle", "warning",
    "write",
}  # fmt: skip
LABELS_ARE_MARKDOWN = {"pills", "segmented_control", "radio"}


def test_text_is_shown_letter_by_letter() -> None:
    assert plain("![a](https://b.example) *c* `d` :red[e] <f> $g$") == (
        "\\!\\[a\\]\\(https\\:\u2060//b\\.example\\) "
        r"\*c\* \`d\` \:red\[e\] \<f\> \$g\$"
    )


def test_an_address_in_a_text_becomes_no_link() -> None:
    shown = plain("HTTPS://b.example www.b.example a@b.example")
    assert not re.search(r"https?\\?://|www\\?\.|@\w", shown, re.I)
    assert shown.replace("\u2060", "").replace("\\", "").startswith("HTTPS://b.example www.b.e")


def test_a_label_cannot_become_several_lines() -> None:
    assert plain("a\n\n# b") == r"a \# b"


def test_what_turns_the_direction_of_text_is_made_visible() -> None:
    assert "\u202e" not in plain("a\u202eb")
    assert "\u202e" not in escaped("a\u202eb")
    assert "\x1b" not in escaped("a\x1b[2Jb")


def test_an_element_escapes_children_and_attributes() -> None:
    made = element("a", "<b>", " & ", element("i", "x"), title='"><script>', href="check")
    assert made == ('<a title="&quot;&gt;&lt;script&gt;" href="check">&lt;b&gt; &amp; <i>x</i></a>')


@pytest.mark.parametrize(
    "bad",
    ["javascript:alert(1)", "data:text/html,x", "//evil.example/x", "https://a.example/\n# b"],
)
def test_a_link_leads_to_the_web_or_to_a_page_of_ours(bad: str) -> None:
    assert not is_safe_address(bad)
    assert "href" not in element("a", "x", href=bad)
    assert is_safe_address("https://example.org/#:~:text=a,b")
    assert is_safe_address("recommendation?id=x")


def test_an_address_holds_what_is_given() -> None:
    assert address("check") == "check"
    assert address("links", one="a & b", other=None) == "links?one=a+%26+b"


def test_a_search_marks_its_words_and_nothing_else() -> None:
    found = marked("An <appeal> body hears Appeals", "appeal BODY")
    assert found == ("An &lt;<mark>appeal</mark>&gt; <mark>body</mark> hears <mark>Appeal</mark>s")
    assert marked("a+b", "+") == "a<mark>+</mark>b"
    assert joined(marked("x", "")) == "x"


def test_only_html_of_ours_is_shown_as_html() -> None:
    with pytest.raises(TypeError):
        put("<b>from data</b>")  # type: ignore[arg-type]


def _trees() -> list[tuple[Path, ast.Module]]:
    return [(path, ast.parse(path.read_text("utf-8"))) for path in sorted(ROOM.rglob("*.py"))]


def _is_safe(node: ast.expr) -> bool:
    """A constant, a call of plain(), or a text put together from these."""
    if isinstance(node, ast.JoinedStr):
        return all(
            isinstance(part, ast.Constant)
            or (isinstance(part, ast.FormattedValue) and _is_safe(part.value))
            for part in node.values
        )
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "plain"
    return isinstance(node, ast.Constant)


def _imports_streamlit(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.Import) and any(name.name == "streamlit" for name in node.names)
        for node in ast.walk(tree)
    )


def test_no_data_reaches_markdown_unescaped() -> None:
    faults = []
    pages = [(path, tree) for path, tree in _trees() if _imports_streamlit(tree)]
    assert len(pages) > 6
    for path, tree in pages:
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr not in MARKDOWN:
                continue
            shown = [*node.args[:1]]
            shown += [k.value for k in node.keywords if k.arg in ("label", "help", "body")]
            if node.func.attr in LABELS_ARE_MARKDOWN:
                named = [k.value for k in node.keywords if k.arg == "format_func"]
                assert named, f"{path.name} line {node.lineno}: options need format_func"
                shown += [n.body if isinstance(n, ast.Lambda) else n for n in named]
            if not all(_is_safe(value) for value in shown):
                faults.append(f"{path.name} line {node.lineno}: st.{node.func.attr}")
    assert faults == []


def test_only_one_function_shows_html_and_none_runs_scripts() -> None:
    for path, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in ("html", "iframe"):
                assert path.name == "screen.py", f"{path.name} line {node.lineno}"
            if isinstance(node, ast.keyword):
                assert node.arg not in ("unsafe_allow_html", "unsafe_allow_javascript")


def test_html_is_declared_safe_in_few_places() -> None:
    """Html(...) takes a text as it is: for our own style sheets only, and where it is escaped."""
    places = {
        f"{path.parent.name}/{path.name}"
        for path, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Html"
    }
    own = {"explorer/main.py", "explorer/picturepage.py", "access/pages.py", "site/web.py"}
    assert places == {"explorer/markup.py", *own}
    assert isinstance(element("p"), Html)
