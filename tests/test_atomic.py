"""A save replaces the file whole or leaves it alone."""

import os
import random
import signal
import stat
import threading

import h5py
import numpy as np
import pytest
from helpers import run_python, start_python

from neuronvisio import atomic, output
from neuronvisio.manager import BaseRef, Manager


def manager_with(value, samples=100, section="soma"):
    ref = BaseRef()
    ref.sec_name, ref.vecs = section, {"v": np.full(samples, float(value))}
    manager = Manager()
    manager.add_ref(ref, np.arange(float(samples)))
    return manager


def value_in(path):
    with h5py.File(path) as h5file:
        values = np.unique(h5file["results/BaseRef/soma/v"][()])
    assert len(values) == 1
    return values[0]


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "storage.h5"
    manager_with(1).save_to_hdf(path)
    return path


def test_a_save_replaces_the_file(path):
    manager_with(2).save_to_hdf(path)
    assert value_in(path) == 2
    assert os.listdir(path.parent) == ["storage.h5"]


def test_an_error_in_the_middle_leaves_the_old_file_and_no_litter(path):
    manager = manager_with(2)
    manager.refs["BaseRef"][0].vecs["bad"] = object()
    before = path.read_bytes()
    with pytest.raises(TypeError):
        manager.save_to_hdf(path)
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == ["storage.h5"]


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
def test_an_error_at_the_very_end_leaves_the_old_file_and_no_litter(path, monkeypatch, step):
    def fail(*arguments):
        raise OSError(28, "No space left on device")

    before = path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, step, fail)
        with pytest.raises(OSError, match="No space"):
            manager_with(2).save_to_hdf(path)
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == ["storage.h5"]


def test_an_interrupt_leaves_the_old_file_and_no_litter(path):
    class Interrupting(list):
        def __len__(self):
            raise KeyboardInterrupt

    manager = manager_with(2)
    manager.refs["BaseRef"][0].vecs["slow"] = Interrupting()
    with pytest.raises(KeyboardInterrupt):
        manager.save_to_hdf(path)
    assert value_in(path) == 1
    assert os.listdir(path.parent) == ["storage.h5"]


def test_a_read_only_file_is_refused_with_its_path(path):
    path.chmod(0o444)
    with pytest.raises(PermissionError, match="storage.h5"):
        manager_with(2).save_to_hdf(path)
    assert value_in(path) == 1


def test_a_missing_folder_and_a_folder_are_refused_with_their_paths(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        manager_with(2).save_to_hdf(tmp_path / "nowhere" / "storage.h5")
    with pytest.raises(IsADirectoryError, match=tmp_path.name):
        manager_with(2).save_to_hdf(tmp_path)


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666])
def test_the_mode_of_the_old_file_is_kept(path, mode):
    path.chmod(mode)
    manager_with(2).save_to_hdf(path)
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert value_in(path) == 2


def test_a_new_file_gets_the_mode_that_any_new_file_gets(path, tmp_path):
    (tmp_path / "plain").touch()
    assert path.stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_link_is_followed_and_stays_a_link(path, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = elsewhere / "link.h5"
    link.symlink_to("../storage.h5")
    manager_with(2).save_to_hdf(link)
    assert link.is_symlink()
    assert value_in(path) == 2
    assert os.listdir(elsewhere) == ["link.h5"]


def test_an_open_reader_goes_on_reading_the_old_file(path):
    with h5py.File(path) as reader:
        manager_with(2).save_to_hdf(path)
        assert reader["results/BaseRef/soma/v"][0] == 1
    assert value_in(path) == 2


def test_temporary_files_of_dead_processes_are_swept_and_those_of_live_ones_stay(path):
    ended = start_python("", cwd=path.parent)
    ended.communicate()
    dead = atomic._TEMP_NAME.format(host=atomic._host(), pid=ended.pid, random="0" * 16)
    alive = atomic._TEMP_NAME.format(host=atomic._host(), pid=os.getpid(), random="0" * 16)
    foreign = atomic._TEMP_NAME.format(host="0" * 8, pid=ended.pid, random="0" * 16)
    for name in (dead, alive, foreign, "my-own.tmp"):
        (path.parent / name).touch()
    manager_with(2).save_to_hdf(path)
    assert sorted(os.listdir(path.parent)) == sorted([alive, foreign, "my-own.tmp", "storage.h5"])


SAVE_FOR_EVER = """
import sys, numpy as np
from neuronvisio.manager import BaseRef, Manager
value = 1
while True:
    value += 1
    manager, ref = Manager(), BaseRef()
    ref.sec_name, ref.vecs = "soma", {"v": np.full(300_000, float(value))}
    manager.add_ref(ref, np.arange(300_000.0))
    manager.save_to_hdf(sys.argv[1])
    print("saved", flush=True)
"""


@pytest.mark.parametrize("seed", range(50))
def test_a_killed_save_leaves_a_whole_file_and_the_next_save_cleans_up(path, seed):
    saver = start_python(SAVE_FOR_EVER, path, cwd=path.parent)
    # The pipe tells when saving is under way; the spin shifts the kill within a save.
    saves = 1 + seed % 5
    for _ in range(saves):
        assert saver.stdout.readline() == "saved\n"
    for _ in range(random.Random(seed).randrange(400_000)):
        pass
    os.kill(saver.pid, signal.SIGKILL)
    saver.wait()
    saver.stdout.close()
    assert value_in(path) >= 1 + saves
    manager_with(1).save_to_hdf(path)
    assert os.listdir(path.parent) == ["storage.h5"]


def test_of_two_savers_at_once_one_wins_whole(path):
    code = """
import sys, numpy as np
from neuronvisio.manager import BaseRef, Manager
manager, ref = Manager(), BaseRef()
ref.sec_name, ref.vecs = "soma", {"v": np.full(100_000, float(sys.argv[2]))}
manager.add_ref(ref, np.arange(100_000.0))
for _ in range(30):
    manager.save_to_hdf(sys.argv[1])
"""
    savers = [start_python(code, path, value, cwd=path.parent) for value in (2, 3)]
    seen = set()
    while any(saver.poll() is None for saver in savers):
        seen.add(value_in(path))
    for saver in savers:
        saver.communicate()
        assert saver.returncode == 0
    assert seen <= {1, 2, 3}
    assert value_in(path) in (2, 3)
    assert os.listdir(path.parent) == ["storage.h5"]


@pytest.mark.parametrize(("samples", "room"), [(100_000, 100_000), (10, 1_000), (10, 10)])
def test_a_full_disk_is_an_error_that_leaves_the_old_file_and_no_litter(path, samples, room):
    code = """
import resource, signal, sys
sys.path.insert(0, sys.argv[2])
from test_atomic import manager_with
samples, room = map(int, sys.argv[3:])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
try:
    manager_with(2, samples=samples).save_to_hdf(sys.argv[1])
except OSError as error:
    print(error.filename)
"""
    here = os.path.dirname(__file__)
    done = run_python(code, path, here, samples, room, cwd=path.parent)
    assert (done.stdout, done.stderr) == (f"{path}\n", "")
    assert value_in(path) == 1
    assert os.listdir(path.parent) == ["storage.h5"]


def test_a_failure_to_write_behind_the_scenes_is_raised_and_leaves_the_old_file(path, monkeypatch):
    before = path.read_bytes()
    threads = []

    def fail(*_):
        threads.append(threading.current_thread())
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(output, "_SYNC_EVERY", 1000)
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="Input/output error") as failure:
        manager_with(2, samples=100_000).save_to_hdf(path)
    assert failure.value.filename == str(path)
    assert threading.main_thread() not in threads
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == ["storage.h5"]
