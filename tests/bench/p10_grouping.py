"""P10: messages grouped by words, 100,000 and 500,000: seconds, memory, growth.

The messages are made of the labelled sets (banking77, CrossWOZ): each is the beginning of one
message and the end of another of the same label, with one word in five exchanged for a word of a
third, drawn until all differ. So there are as many different words and questions as in the sets,
and more wordings than anybody wrote. Each size is measured in a process of its own.
"""

from __future__ import annotations

import json
import math
import os
import random
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from .corpora import CorporaMissing

#: Where the labelled sets are.
QUESTIONS = Path(
    os.environ.get("ZHIDA_QUESTIONS")
    or Path(__file__).resolve().parents[3] / "shared/data/questions"
)
SETS = ("banking77_train.tsv", "banking77_test.tsv", "crosswoz_zh.tsv")
GOALS = {1: (60.0, 1000.0), 5: (360.0, 2500.0)}
GROWTH = 1.2


def run(size: int) -> dict[str, Any]:
    """Group ``size`` messages and five times as many."""
    messages(1, QUESTIONS)
    measured = {f"{size * times:,}": _in_a_process(size * times) for times in GOALS}
    first, last = measured.values()
    growth = math.log(last["seconds"] / first["seconds"]) / math.log(5)
    reached = all(
        row["seconds"] <= seconds and row["peak MB"] <= megabytes
        for row, (seconds, megabytes) in zip(measured.values(), GOALS.values(), strict=True)
    )
    return {
        **measured,
        "growth n^": round(growth, 2),
        "goal at 100,000 and 500,000": "60 s, 1000 MB; 360 s, 2500 MB; n^1.2",
        "reached": reached and growth <= GROWTH,
    }


def messages(number: int, folder: Path) -> list[str]:
    """So many different messages, always the same ones."""
    if not all((folder / name).is_file() for name in SETS):
        raise CorporaMissing(f"no labelled questions in {folder}")
    by_label = defaultdict(list)
    for name in SETS:
        for line in (folder / name).read_text("utf-8").splitlines():
            text, _tab, label = line.rpartition("\t")
            chinese = name.endswith("_zh.tsv")
            by_label[label].append(
                (list(text) if chinese else text.split(), "" if chinese else " ")
            )
    labels = sorted(by_label)
    weights = [len(by_label[label]) for label in labels]
    chance = random.Random(10)
    made: dict[str, None] = {}
    while len(made) < number:
        for label in chance.choices(labels, weights, k=1000):
            made[_crossed(chance, by_label[label])] = None
    return list(made)[:number]


def _crossed(chance: random.Random, wordings: list[tuple[list[str], str]]) -> str:
    (first, blank), (second, _), (third, _) = (chance.choice(wordings) for _each in range(3))
    words = first[: chance.randint(1, len(first))] + second[chance.randint(0, len(second)) :]
    return blank.join(chance.choice(third) if chance.random() < 0.2 else word for word in words)


def _in_a_process(number: int) -> dict[str, Any]:
    call = [sys.executable, "-m", "tests.bench.p10_grouping", str(number)]
    done = subprocess.run(
        call, check=True, capture_output=True, text=True, env={**os.environ, "OMP_NUM_THREADS": "2"}
    )
    return json.loads(done.stdout)


def _measure(number: int) -> dict[str, Any]:
    import resource
    import time

    from search.insights.grouping.grouping import group_texts

    texts = messages(number, QUESTIONS)
    began = time.perf_counter()
    groups = group_texts(texts).groups
    return {
        "seconds": round(time.perf_counter() - began, 1),
        "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "groups": int(groups.max()) + 1,
        "unassigned": int((groups < 0).sum()),
    }


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]))))
