# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""The part of JSON Schema that docs/report.schema.json uses. An unknown keyword is an error."""
from __future__ import annotations

import re
from typing import Any, Iterator

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "number": (int, float),
         "integer": int, "null": type(None)}
IGNORED = {"$schema", "$id", "$defs", "title", "description", "default", "examples", "$comment",
           "format"}


def complaints(value: Any, schema: Any, root: Any = None, path: str = "$") -> Iterator[str]:
    """What is wrong with `value`, each with its path."""
    root = schema if root is None else root
    if schema is True:
        return
    if schema is False:
        yield f"{path}: not allowed"
        return
    for keyword, rule in schema.items():
        if keyword in IGNORED:
            continue
        check = CHECKS.get(keyword)
        if check is None:
            if keyword not in ("additionalProperties",):
                yield f"{path}: the schema uses {keyword}, which is not known here"
            continue
        yield from check(value, rule, schema, root, path)
    if isinstance(value, dict) and "additionalProperties" in schema:
        for name in value.keys() - schema.get("properties", {}).keys():
            yield from complaints(value[name], schema["additionalProperties"], root,
                                  f"{path}.{name}")


def _type(value, rule, schema, root, path):
    names = rule if isinstance(rule, list) else [rule]
    fits = any(isinstance(value, TYPES[n]) and (n == "boolean" or not isinstance(value, bool))
               for n in names)
    if not fits:
        yield f"{path}: is no {' or '.join(names)}"


def _properties(value, rule, schema, root, path):
    if isinstance(value, dict):
        for name in value.keys() & rule.keys():
            yield from complaints(value[name], rule[name], root, f"{path}.{name}")


def _items(value, rule, schema, root, path):
    if isinstance(value, list):
        for index, element in enumerate(value):
            yield from complaints(element, rule, root, f"{path}[{index}]")


def _required(value, rule, schema, root, path):
    if isinstance(value, dict):
        yield from (f"{path}: {name} is missing" for name in rule if name not in value)


def _ref(value, rule, schema, root, path):
    target = root
    for step in rule.removeprefix("#/").split("/"):
        target = target[step]
    yield from complaints(value, target, root, path)


def _any_of(value, rule, schema, root, path):
    if not any(not list(complaints(value, option, root, path)) for option in rule):
        yield f"{path}: fits none of the alternatives"


def _simple(fits, words):
    def check(value, rule, schema, root, path):
        if not fits(value, rule):
            yield f"{path}: {words} {rule!r} (is {value!r})"
    return check


CHECKS = {
    "type": _type, "properties": _properties, "items": _items, "required": _required,
    "$ref": _ref, "anyOf": _any_of, "oneOf": _any_of,
    "const": _simple(lambda v, r: v == r, "is not"),
    "enum": _simple(lambda v, r: v in r, "is none of"),
    "pattern": _simple(lambda v, r: not isinstance(v, str) or re.search(r, v), "does not match"),
    "minimum": _simple(lambda v, r: not isinstance(v, (int, float)) or v >= r, "is below"),
    "maximum": _simple(lambda v, r: not isinstance(v, (int, float)) or v <= r, "is above"),
    "minLength": _simple(lambda v, r: not isinstance(v, str) or len(v) >= r, "is shorter than"),
    "minItems": _simple(lambda v, r: not isinstance(v, list) or len(v) >= r, "has fewer than"),
    "uniqueItems": _simple(
        lambda v, r: not isinstance(v, list) or len({repr(x) for x in v}) == len(v), "unique"),
}
