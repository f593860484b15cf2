import multiprocessing
import os
from pathlib import Path

import pytest

from mukana.lib.locks import Locked, named_lock


def _hold(folder: Path, ready: "multiprocessing.synchronize.Event", done: "multiprocessing.synchronize.Event") -> None:
    with named_lock("index", folder):
        ready.set()
        done.wait(10)


def test_a_lock_keeps_others_out_and_tells_who_holds_it(tmp_path: Path) -> None:
    with named_lock("index", tmp_path / "locks"):
        with pytest.raises(Locked) as refused, named_lock("index", tmp_path / "locks"):
            pass
        assert refused.value.holder == os.getpid()
        with named_lock("other", tmp_path / "locks"):
            pass
    with named_lock("index", tmp_path / "locks"):
        pass


def test_a_lock_is_let_go_when_its_process_ends_and_can_be_waited_for(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    ready, done = context.Event(), context.Event()
    process = context.Process(target=_hold, args=(tmp_path, ready, done))
    process.start()
    assert ready.wait(30)
    with pytest.raises(Locked) as refused, named_lock("index", tmp_path, wait_seconds=0.1):
        pass
    assert refused.value.holder == process.pid
    done.set()
    with named_lock("index", tmp_path, wait_seconds=10):
        process.join(10)
    assert process.exitcode == 0


def test_a_lock_is_let_go_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), named_lock("index", tmp_path):
        raise RuntimeError
    with named_lock("index", tmp_path):
        pass


def test_a_name_cannot_leave_the_folder(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a lock's name"), named_lock("../index", tmp_path):
        pass
