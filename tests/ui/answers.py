"""Answers of the REST API made from its own description: of plain words, or of nothing but what is hard to show."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import cycle
from typing import Any
from urllib.parse import urlsplit

from jupyter_azml.server.openapi import document

NASTY = (
    "<img src=x onerror=\"window.hacked = 'html'\"><b>bold</b>",
    "</script><script>window.hacked = 'script'</script>",
    "javascript:window.hacked='link'",
    "x" * 10_000,
    "word " * 2_000,
    "\u202eright to left\u202c \u05e2\u05d1\u05e8\u05d9\u05ea \u0627\u0644\u0639\u0631\u0628\u064a\u0629 \u2066open",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 \U0001f1eb\U0001f1f7 z" + "\u0301\u0300\u0323" * 60,
    "two\nlines\tand \u0000 nothing \u2028 more",
    "${{inputs.x}} %1 %s {0} &lt;b&gt; \\\" '",
    "__proto__",
    "constructor",
    "",
    " ",
)
PLAIN = ("churn", "digits by epoch", "train.ipynb", "cpu-cluster", "A model of last week, with more data", "0.93", "3")
MOMENT = "2026-11-21T12:00:00Z"


class Answers:
    """Instances of schemas, of these words in turn."""

    def __init__(self, words: Sequence[str], *, empty: bool = False) -> None:
        self._words = cycle(words)
        self._empty = empty
        self._count = 0

    def to(self, method: str, url: str) -> Any:
        """None for what the API does not know."""
        schema = schema_of(method, url)
        return None if schema is None else self.of(schema)

    def of(self, schema: dict[str, Any], depth: int = 0) -> Any:
        if "$ref" in schema:
            return self.of(schemas()[schema["$ref"].rpartition("/")[2]], depth)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            self._count += 1
            return schema["enum"][self._count % len(schema["enum"])]
        if several := schema.get("anyOf") or schema.get("oneOf"):
            kinds = sorted(several, key=lambda each: (each.get("type") == "null") != self._empty)
            return self.of(kinds[0], depth)
        return self._made(schema, depth)

    def _made(self, schema: dict[str, Any], depth: int) -> Any:
        match schema.get("type"):
            case "object":
                return self._object(schema, depth)
            case "array":
                if "prefixItems" in schema:
                    return [self.of(each, depth + 1) for each in schema["prefixItems"]]
                return [self.of(schema["items"], depth + 1) for _ in range(0 if self._empty or depth > 5 else 3)]
            case "string":
                return self._text(schema)
            case "integer" | "number":
                self._count += 1
                return (0, 1, -1, 1e15, 123)[self._count % 5] if schema["type"] == "integer" else 1e-300
            case "boolean":
                # Of what is archived, deleted or cut short there would be nothing to look at.
                return False
            case "null":
                return None
        return next(self._words)

    def _object(self, schema: dict[str, Any], depth: int) -> dict[str, Any]:
        made = {name: self.of(each, depth + 1) for name, each in schema.get("properties", {}).items()}
        more = schema.get("additionalProperties")
        if isinstance(more, dict) and not self._empty and depth < 6:
            made |= {next(self._words): self.of(more, depth + 1) for _ in range(3)}
        if "continuation" in made:
            made["continuation"] = None
        return made

    def _text(self, schema: dict[str, Any]) -> str:
        if schema.get("format") == "date-time":
            return MOMENT
        if "pattern" in schema and not re.search(schema["pattern"], "x"):
            return "1"
        return "" if self._empty else next(self._words)


def spoiled(answer: Any, shift: int = 0) -> Any:
    """The same with everything of another type: what a server of another version might say."""
    match answer:
        case dict():
            return {name: spoiled(value, shift + 1) for name, value in answer.items()}
        case list():
            return (None, {"length": "x"}, "a", 7)[shift % 4]
        case str():
            return (None, 7, ["a"], {"a": 1})[shift % 4]
        case None:
            return {"not": "null"}
    return (None, "NaN", [], {})[shift % 4]


def schema_of(method: str, url: str) -> dict[str, Any] | None:
    path = re.sub(r"^.*(?=/azml/api/)", "", urlsplit(url).path)
    for matches, methods in templates():
        if matches(path) and (operation := methods.get(method.lower())):
            status = next(each for each in operation["responses"] if each != "default")
            content = operation["responses"][status].get("content", {})
            return content.get("application/json", {}).get("schema", {})
    return None


@cache
def templates() -> list[tuple[Callable[[str], Any], dict[str, Any]]]:
    # What names fewer parts comes first: /models/compare before /models/{name}.
    return [(re.compile(_pattern(path)).fullmatch, methods) for path, methods in sorted(_paths(), key=_wildness)]


def _paths() -> Iterator[tuple[str, dict[str, Any]]]:
    yield from document()["paths"].items()


def _wildness(each: tuple[str, dict[str, Any]]) -> int:
    return each[0].count("{")


def _pattern(path: str) -> str:
    pieces = re.split(r"{(\w+)}", path)
    return "".join(
        re.escape(piece) if number % 2 == 0 else ".+" if piece == "path" else "[^/]+"
        for number, piece in enumerate(pieces)
    )


@cache
def schemas() -> dict[str, Any]:
    found: dict[str, Any] = document()["components"]["schemas"]
    return found
