"""Two pieces of work side by side give what they give one after the other."""

from __future__ import annotations

import os
import threading

import pytest

from search.engine import beside


@pytest.fixture(autouse=True)
def two_processors(monkeypatch):
    monkeypatch.setattr(beside, "_PROCESSORS", 2)


def test_both_are_done_in_two_threads_at_once():
    meeting = threading.Barrier(2, timeout=10)

    def work() -> tuple[int, int]:
        meeting.wait()
        return threading.get_ident(), 1

    other, own = beside.both(work, work)
    assert other[0] != own[0] == threading.get_ident()


def test_who_finds_the_helper_at_work_does_both_himself():
    def inner() -> tuple[int, int]:
        return beside.both(threading.get_ident, threading.get_ident)

    _, (other, own) = beside.both(lambda: None, inner)
    assert other == own == threading.get_ident()


@pytest.mark.parametrize("place", [0, 1])
def test_a_failure_is_raised_and_the_helper_free_again(place):
    def fail() -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        beside.both(*((fail, int) if place == 0 else (int, fail)))
    other, own = beside.both(threading.get_ident, threading.get_ident)
    assert other != own


def test_a_fork_has_a_helper_of_its_own():
    def in_child() -> None:
        other, own = beside.both(threading.get_ident, threading.get_ident)
        os._exit(0 if other != own else 1)

    def fork() -> int:
        if not (child := os.fork()):
            in_child()
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    assert beside.both(lambda: None, fork)[1] == 0
