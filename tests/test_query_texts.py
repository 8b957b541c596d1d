"""No query is put together from texts: a value reaches it bound, a user's text the worker alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("ontology", "ingest", "graph", "explorer")
CALLS = frozenset({"query", "update", "select", "prepareQuery", "prepareUpdate"})
BUILDING = frozenset({"format", "format_map", "join", "replace", "substitute", "safe_substitute"})

ASKING = {
    "graph/store.py": "queries of graph/queries, with bindings",
    "graph/remembering.py": "the same, before it",
    "graph/freequeries/worker.py": "a user's text, in the process that answers",
    "ontology/querying.py": "the rules of the shapes, for pyshacl",
}
"""The modules that hand a text to an engine, and whose text it is."""

OWN_TEXTS = {
    "tests/graph/test_freequeries.py": "the address of a test's own listener",
    "tests/graph/test_store.py": "a test's own addresses",
    "tests/ontology/test_wording.py": "a test's own patterns",
    "tests/test_mutants.py": "changes written down beside the test",
}
"""The tests that build queries, of nothing but what they wrote themselves."""


def sources() -> Iterator[tuple[str, str]]:
    for folder in (*ROOMS, "tests", "benchmarks"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")
    for name in ("app.py", "start.py"):
        yield name, (ROOT / name).read_text("utf-8")


class Scope:
    """A module or a function with the names it gives values to."""

    def __init__(self, node: ast.AST, outer: "Scope | None") -> None:
        self.outer = outer
        self.given: dict[str, list[ast.expr]] = {}
        self.calls: list[tuple[str, ast.Call]] = []
        self.inner: list[Scope] = []
        for child in ast.iter_child_nodes(node):
            self._read(child)

    def _read(self, node: ast.AST) -> None:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            self.inner.append(Scope(node, self))
            return
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and node.value is not None:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name):
                    self.given.setdefault(target.id, []).append(node.value)
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            sum_of_both = ast.BinOp(node.target, node.op, node.value)
            self.given.setdefault(node.target.id, []).append(sum_of_both)
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", None))
            if name in CALLS:
                self.calls.append((name, node))
        for child in ast.iter_child_nodes(node):
            self._read(child)

    def values(self, name: str) -> list[ast.expr]:
        found = self.given.get(name)
        return found if found is not None else self.outer.values(name) if self.outer else []

    def everywhere(self) -> "Iterator[tuple[Scope, str, ast.Call]]":
        for name, call in self.calls:
            yield self, name, call
        for scope in self.inner:
            yield from scope.everywhere()

    def builds(self, text: ast.expr, seen: frozenset[str] = frozenset()) -> bool:
        """Tell whether a text is put together from others, here or where its name gets it."""
        if isinstance(text, ast.JoinedStr):
            return any(isinstance(part, ast.FormattedValue) for part in text.values)
        if isinstance(text, ast.BinOp):
            return isinstance(text.op, ast.Add | ast.Mod)
        if isinstance(text, ast.IfExp):
            return self.builds(text.body, seen) or self.builds(text.orelse, seen)
        if isinstance(text, ast.NamedExpr):
            return self.builds(text.value, seen)
        if isinstance(text, ast.Call):
            name = getattr(text.func, "attr", getattr(text.func, "id", None))
            if name in BUILDING:
                return True
            wraps = name in ("str", "dedent", "strip", "cast")
            return wraps and any(self.builds(one, seen) for one in text.args)
        if isinstance(text, ast.Name) and text.id not in seen:
            return any(self.builds(one, seen | {text.id}) for one in self.values(text.id))
        return False


def built_queries(source: str) -> list[int]:
    """Return the lines where a text that was put together is given to a query call."""
    lines = []
    for scope, _, call in Scope(ast.parse(source), None).everywhere():
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        if any(scope.builds(one) for one in given):
            lines.append(call.lineno)
    return lines


def asked_texts(source: str) -> list[int]:
    """Return the lines where a store is asked anything but a query of graph/queries."""
    lines = []
    for _, name, call in Scope(ast.parse(source), None).everywhere():
        text = call.args[0] if call.args else None
        from_file = isinstance(text, ast.Call) and ast.unparse(text.func) == "query_text"
        if name != "update" and not (name == "select" and from_file):
            lines.append(call.lineno)
    return lines


def test_no_query_is_put_together_from_texts() -> None:
    built = {name: lines for name, source in sources() if (lines := built_queries(source))}
    assert {name: lines for name, lines in built.items() if name not in OWN_TEXTS} == {}
    assert built.keys() == OWN_TEXTS.keys()  # none is allowed what it no longer does


def test_only_four_modules_hand_a_text_to_an_engine() -> None:
    asked = {
        name
        for name, source in sources()
        if name.split("/")[0] in (*ROOMS, "app.py", "start.py") and asked_texts(source)
    }
    assert asked == set(ASKING)


def test_only_the_worker_gets_a_text_of_a_user() -> None:
    """Its text comes over the pipe; the two others get theirs from files of the project."""
    callers = {name for name, source in sources() if "freequeries.worker import" in source}
    assert callers <= {"graph/freequeries/pool.py", "tests/test_query_texts.py"}


@pytest.mark.parametrize(
    "source",
    [
        'store.query(f"SELECT * {{ <{iri}> ?p ?o }}")',
        'store.query("SELECT * { <%s> ?p ?o }" % iri)',
        'store.query("SELECT * { <" + iri + "> ?p ?o }")',
        'store.query("SELECT * {{ <{}> ?p ?o }}".format(iri))',
        'store.query(query=" ".join(parts))',
        'store.update(f"DELETE {{ <{iri}> ?p ?o }}")',
        'store.select(TEXT.replace("IRI", iri), {})',
        'text = f"SELECT * {{ <{iri}> ?p ?o }}"\nstore.query(text)',
        'def ask(iri):\n    text = "ASK {"\n    text += iri\n    return store.query(text)',
        'TEXT = "ASK { %s }" % iri\n\ndef ask():\n    return store.query(str(TEXT))',
        'store.query(other if iri else f"ASK {{ <{iri}> ?p ?o }}")',
        'if (text := "ASK {" + iri):\n    list(map(lambda _: store.query(text), rows))',
        'prepareQuery(f"ASK {{ <{iri}> ?p ?o }}")',
    ],
)
def test_a_query_that_is_put_together_is_found(source: str) -> None:
    assert len(built_queries(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        'store.query("SELECT * { ?s ?p ?o }", substitutions={x: f(iri + "y")})',
        'store.query(f"SELECT * {{ ?s ?p ?o }}")',
        'digest.update(f"{name}".encode())',
        'counts.update({"rows": length * 2 + 600})',
        "store.select(query_text(name), bindings)",
    ],
)
def test_what_binds_values_is_not_found(source: str) -> None:
    assert built_queries(source) == []


def test_a_store_that_is_asked_elsewhere_is_found() -> None:
    assert asked_texts("store.query(text)\nstore.select(text)\nseen.update(more)") == [1, 2]
    assert asked_texts("store.select(query_text('who'), {})") == []
