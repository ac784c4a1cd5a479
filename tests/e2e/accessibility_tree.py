"""What a screen reader is told of a page: roles and names in the order in which they are read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from playwright.sync_api import Page

NODE = re.compile(r"^\s*- '?\"?(?P<role>[a-z]+)(?: \"(?P<name>(?:[^\"\\]|\\.)*)\")?")
# What somebody can press or fill in; without a name nobody knows what it does.
PRESSED = {"link", "button", "textbox", "checkbox", "radio", "combobox", "spinbutton", "searchbox", "slider"}


@dataclass(frozen=True)
class Node:
    """A role such as "heading", and its name; what has none is empty."""

    role: str
    name: str


def read_tree(page: Page) -> list[Node]:
    """Read the page from top to bottom. Texts without a role are left out."""
    lines = page.locator("body").aria_snapshot().splitlines()
    nodes = (NODE.match(line) for line in lines)
    return [Node(node["role"], node["name"] or "") for node in nodes if node and node["role"] != "text"]


def unnamed(tree: Sequence[Node]) -> list[Node]:
    return [node for node in tree if node.role in PRESSED and not node.name]


def missing_in_order(tree: Sequence[Node], expected: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return what is expected and not read at its place; a name is a part of what is read."""
    rest, missing = iter(tree), []
    for role, name in expected:
        if not any(node.role == role and name in node.name for node in rest):
            missing.append((role, name))
            rest = iter(tree)
    return missing
