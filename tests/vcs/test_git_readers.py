"""Does one process answer for all who read a repository in a command, with what is true now, and end with it?"""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from salesrepo.errors import RecordError
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.readers import one_reader_each, reader_of
from salesrepo.vcs.refs import move_ref

Write = Callable[..., str]
MAIN = "refs/heads/main"


def test_all_ask_one_process_which_ends_with_the_command(repo: Path, write: Write) -> None:
    tip = write({"a": "1"})
    with one_reader_each():
        with Objects(repo) as one, Objects(repo) as two:
            assert one.at(tip, "a") == two.at(tip, "a")
            running = reader_of(repo)
        assert running.process.poll() is None and reader_of(repo) is running
        with one_reader_each(), Objects(repo) as within:
            assert within.tip("HEAD") is None and reader_of(repo) is not running
        assert reader_of(repo) is running
    assert running.process.poll() is not None
    with Objects(repo) as alone:
        assert alone.at(tip, "a")


def test_what_changes_meanwhile_is_seen(repo: Path, write: Write) -> None:
    with one_reader_each(), Objects(repo) as early:
        assert early.tip(MAIN) is None
        tip = write({"a": "1"})
        move_ref(repo, MAIN, tip, None)
        later = write({"a": "2"}, tip)
        assert early.tip(MAIN) == tip and early.at(later, "a") != early.at(tip, "a")
        move_ref(repo, MAIN, later, tip)
        assert early.tip(MAIN) == later
        with Objects(repo) as late:
            assert late.tip(MAIN) == later


def test_who_stops_halfway_leaves_no_answer_to_another(repo: Path, write: Write) -> None:
    tip = write({"a": "x" * 100, "b": "y"})
    with one_reader_each(), Objects(repo) as one, Objects(repo) as two:
        blobs = one.at_many(tip, ["a", "b"])
        large, small = (blob.oid for blob in blobs.values() if blob)
        with pytest.raises(RecordError, match="at most 10"):
            two.read_many([large, small], 10)
        assert one.read(small, 10) == b"y" and two.read(small, 10) == b"y"


def test_threads_do_not_share(repo: Path) -> None:
    found = []

    def look() -> None:
        own = reader_of(repo)
        found.append(own)
        own.end()

    with one_reader_each():
        running = reader_of(repo)
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
        assert len(found) == 1 and found[0] is not running
