"""An operator's accent, made legible: contrast as WCAG 2.2 defines it."""

from __future__ import annotations

import colorsys

Rgb = tuple[float, float, float]
#: Backgrounds of the two schemes, and the contrast that text needs on them.
LIGHT, DARK = "#ffffff", "#1b2224"
ENOUGH = 4.5


def parse(colour: str) -> Rgb:
    """``#rrggbb`` as three numbers from 0 to 1."""
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))  # type: ignore[return-value]


def written(colour: Rgb) -> str:
    """Three numbers from 0 to 1 as ``#rrggbb``."""
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parse(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def legible(colour: str, background: str) -> str:
    """The nearest shade of ``colour`` that can be read on ``background``."""
    hue, light, saturation = colorsys.rgb_to_hls(*parse(colour))
    end, step = (1.0, 0.02) if luminance(background) < 0.2 else (0.0, -0.02)
    while contrast(colour, background) < ENOUGH + 0.3 and light != end:
        light = min(1.0, max(0.0, light + step))
        colour = written(colorsys.hls_to_rgb(hue, light, saturation))
    return colour


def stylesheet(accent: str) -> str:
    """The custom properties that an accent sets, in both schemes."""
    light, dark = legible(accent, "#eef2f3"), legible(accent, DARK)
    return (
        f":root{{--accent:{light};--accent-soft:color-mix(in srgb,{light} 9%,#fff);"
        "--on-accent:#fff}\n"
        "@media (prefers-color-scheme:dark){:root{"
        f"--accent:{dark};--accent-soft:color-mix(in srgb,{dark} 16%,#14191b);"
        "--on-accent:#0b1214}}\n"
    )
