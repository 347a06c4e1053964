"""95 % intervals of rates and means."""

from __future__ import annotations

import math

Z = 1.959964
Interval = tuple[float, float]


def wilson(part: int, n: int) -> Interval | None:
    """Wilson's score interval of part ÷ n, within 0 and 1 (Wilson 1927); None where n is 0."""
    if n == 0:
        return None
    share = part / n
    middle = share + Z * Z / (2 * n)
    spread = Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    scale = 1 + Z * Z / n
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def normal(total: float, squares: float, n: int) -> Interval | None:
    """Mean ± z · s ÷ √n, s the sample's standard deviation; None where n is below 2."""
    if n < 2:
        return None
    mean = total / n
    variance = max(0.0, (squares - n * mean * mean) / (n - 1))
    spread = Z * math.sqrt(variance / n)
    return mean - spread, mean + spread


def difference(plus: int, minus: int, n: int) -> Interval | None:
    """(plus - minus) ÷ n of answers that are +1, 0 or -1, as a mean; within -1 and 1."""
    spread = normal(plus - minus, plus + minus, n)
    return spread and (max(-1.0, spread[0]), min(1.0, spread[1]))


def poisson(n: int) -> Interval:
    """Byar's approximation to the exact limits of a count that is Poisson's (Breslow and Day
    1987), within 0.03 of them."""
    above = n + 1
    upper = above * (1 - 1 / (9 * above) + Z / (3 * math.sqrt(above))) ** 3
    if n == 0:
        return 0.0, upper
    return n * max(0.0, 1 - 1 / (9 * n) - Z / (3 * math.sqrt(n))) ** 3, upper
