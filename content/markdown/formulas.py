"""Formulas in TeX, as plain a text as they allow: shown as code, with signs in place of names."""

from __future__ import annotations

import re
from collections.abc import Sequence

_INLINE = re.compile(
    r"(?<![\\$\w])\$(?![\s$])([^$`\n]*?\\[A-Za-z]+[^$`\n]*?)(?<![\s\\])\$(?![\w$])"
)
_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_DISPLAY = re.compile(r"\$\$((?:(?!\$\$|\n[ \t]*\n).)+)\$\$[ \t]*(?:\n|\Z)", re.S)
_NAMES = {
    "times": " × ", "cdot": " · ", "div": " ÷ ", "pm": " ± ", "le": " ≤ ", "leq": " ≤ ",
    "ge": " ≥ ", "geq": " ≥ ", "neq": " ≠ ", "ne": " ≠ ", "approx": " ≈ ", "in": " ∈ ",
    "to": " → ", "rightarrow": " → ", "sum": "∑", "prod": "∏", "int": "∫", "infty": "∞",
    "cdots": "⋯", "ldots": "…", "dots": "…", "alpha": "α", "beta": "β", "gamma": "γ",
    "delta": "δ", "epsilon": "ε", "theta": "θ", "lambda": "λ", "mu": "μ", "pi": "π",
    "sigma": "σ", "phi": "φ", "omega": "ω", "Delta": "Δ", "Sigma": "Σ", "quad": " ",
    "limits": "", "left": "", "right": "", "displaystyle": "",
}  # fmt: skip
_PLAIN = frozenset({"text", "mathrm", "mathit", "mathbf", "textbf", "textit", "operatorname"})
#: A command, a sign with a backslash, or a group, which may be an index or a power.
_COMMAND = re.compile(r"\\([A-Za-z]+) ?|\\([%$&#_{},;:! ])|([_^]?)(?=\{)")
#: Blanks; without a first group those that stand before a sign which closes up.
_BLANKS = re.compile(r" +(?=[)^_,])|( +)")
_DEEPEST = 20
#: Lines that one formula may take.
_LONGEST = 40


def inline(line: str) -> str:
    """``line`` with each ``$…$`` that holds a command of TeX as a span of code."""
    if line.count("$") < 2 or "\\" not in line:
        return line
    spans = [match.span() for match in _SPAN.finditer(line)]

    def shown(match: re.Match[str]) -> str:
        if any(start < match.end() and match.start() < end for start, end in spans):
            return match[0]
        return f"`{readable(match[1])}`"

    return _INLINE.sub(shown, line)


def display(lines: Sequence[str]) -> tuple[str, int] | None:
    """The formula that begins ``lines``, and the number of lines that it takes."""
    if not lines[0].lstrip().startswith("$$"):
        return None
    found = _DISPLAY.match("\n".join(lines[:_LONGEST]).lstrip())
    if found is None:
        return None
    shown = (readable(line) for line in found[1].split("\n"))
    return "\n".join(line for line in shown if line), found[1].count("\n") + 1


def readable(tex: str) -> str:
    """``tex`` with signs for the names of common ones, fractions and roots on one line."""
    return _BLANKS.sub(lambda m: " " if m[1] else "", _readable(tex, 0)).strip()


def _readable(tex: str, depth: int) -> str:
    out: list[str] = []
    at = 0
    while (command := _COMMAND.search(tex, at)) and depth < _DEEPEST:
        out.append(tex[at : command.start()])
        at, name = command.end(), command[1]
        if command[3] is not None:
            part, at = _argument(tex, at)
            part = _readable(part, depth + 1)
            short = not command[3] or len(part) == 1
            shown = f"{command[3]}{part}" if short else f"{command[3]}({part})"
            out.append(f"{shown} " if command[3] else shown)
        elif name is None:
            out.append(command[2] if command[2] in "%$&#_{}" else " ")
        elif name in _PLAIN or name in ("frac", "dfrac", "tfrac", "sqrt"):
            parts: list[str] = []
            for _number in range(2 if name.endswith("frac") else 1):
                part, at = _argument(tex, at)
                parts.append(_readable(part, depth + 1).strip())
            out.append(_put_together(name, parts))
        else:
            out.append(_NAMES.get(name, command[0]))
    return "".join([*out, tex[at:]])


def _put_together(name: str, parts: list[str]) -> str:
    if name in _PLAIN:
        return parts[0]
    if name == "sqrt":
        return f"√({parts[0]})"
    return "/".join(part if part.isalnum() else f"({part})" for part in parts)


def _argument(tex: str, at: int) -> tuple[str, int]:
    """What stands in braces at ``at`` (else one character), and where it ends."""
    while at < len(tex) and tex[at] == " ":
        at += 1
    if at >= len(tex) or tex[at] != "{":
        return tex[at : at + 1], at + 1
    depth = 0
    for end in range(at, len(tex)):
        depth += {"{": 1, "}": -1}.get(tex[end], 0)
        if depth == 0:
            return tex[at + 1 : end], end + 1
    return tex[at + 1 :], len(tex)
