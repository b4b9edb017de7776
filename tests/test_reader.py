"""The reader gives what is in a file, whatever release wrote it, and trusts none of it."""

import hashlib
import json
import os
import pickle
from collections import Counter

import h5py
import numpy as np
import pytest
from helpers import FIXTURES

from neuronvisio.reader import ResultFile, UnreadableNodeError

WITH_EXPECTED = sorted(
    str(path.relative_to(FIXTURES)).removesuffix(".expected.json")
    for path in FIXTURES.rglob("*.expected.json")
)
BROKEN = sorted(path.name for path in (FIXTURES / "broken").glob("*.h5"))
HOSTILE = sorted(path.name for path in (FIXTURES / "hostile").glob("*.h5"))


def shown(name):
    """A name as expected.json has it: bytes that are no UTF-8 as \\\\xNN."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def title_of(expected):
    """Only one text is a title; anything else in that attribute is none."""
    title = expected.get("title")
    if isinstance(title, dict) and "raw_hex" in title:
        return bytes.fromhex(title["raw_hex"]).decode("utf-8", "replace")
    return title if isinstance(title, str) else ""


def digest(result, variable):
    values = np.asarray(result.read(variable.path))
    ordered = np.ascontiguousarray(values.astype(values.dtype.newbyteorder("<")))
    return hashlib.sha256(ordered.tobytes()).hexdigest()


def check_variable(result, variable, expected):
    assert shown(variable.name) == expected.get("name", "x")
    if expected.get("link") == "external":
        assert variable.problem == "is a link into another file"
        assert variable.shape is None
        return
    if expected.get("dangling") or expected.get("group"):
        assert variable.problem
        return
    assert variable.problem == ""
    assert variable.dtype == expected["dtype"]
    shape = None if variable.shape is None else list(variable.shape)
    assert shape == expected["shape"]
    if "title" in expected:
        assert variable.title == title_of(expected)
    if "sha256" in expected:
        assert digest(result, variable) == expected["sha256"]
    elif expected["dtype"] in ("<c8", "<c16"):  # numbers, though not such as are drawn
        assert result.read(variable.path).dtype == expected["dtype"]
    elif expected.get("numeric") is False or "read_error" in expected:
        with pytest.raises(UnreadableNodeError, match="is not numeric|can't be decoded"):
            result.read(variable.path)


def check_group(result, group, expected):
    assert shown(group.name) == expected["name"]
    if expected.get("not_a_group"):
        assert group.problem
        return
    assert group.problem == ""
    if expected["x"] is None:
        assert group.x is None
    else:
        check_variable(result, group.x, expected["x"])
    assert [shown(section.name) for section in group.sections] == [
        section["name"] for section in expected["sections"]
    ]
    for section, facts in zip(group.sections, expected["sections"], strict=True):
        assert len(section.variables) == len(facts["vars"])
        for variable, wanted in zip(section.variables, facts["vars"], strict=True):
            check_variable(result, variable, wanted)
    assert len(group.direct) == len(expected["direct"])
    for variable, wanted in zip(group.direct, expected["direct"], strict=True):
        check_variable(result, variable, wanted)


def test_there_are_files_of_every_kind():
    assert len(WITH_EXPECTED) >= 20
    assert len(BROKEN) >= 10
    assert len(HOSTILE) >= 20


@pytest.mark.parametrize("name", WITH_EXPECTED)
def test_a_file_reads_as_expected_in_whole(name):
    expected = json.loads((FIXTURES / f"{name}.expected.json").read_text(encoding="utf-8"))
    with ResultFile(FIXTURES / f"{name}.h5") as result:
        groups = result.groups()
        if expected["groups"] is None:
            assert groups is None
        else:
            assert len(groups) == len(expected["groups"])
            for group, wanted in zip(groups, expected["groups"], strict=True):
                check_group(result, group, wanted)
        geometry = result.geometry()
        if expected["geometry"] is None:
            assert geometry is None
        else:
            assert len(geometry) == expected["geometry"]["bytes"]
            assert hashlib.sha256(geometry).hexdigest() == expected["geometry"]["sha256"]


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_ends_in_an_error_or_in_a_listing(name):
    try:
        with ResultFile(FIXTURES / "broken" / name) as result:
            outcome = result.groups()
    except OSError as error:
        outcome = error
    assert outcome is None or isinstance(outcome, (list, OSError))


def test_what_is_not_hdf5_is_an_error():
    for name in ("text.h5", "zero-length.h5", "html.h5", "garbage-1k.h5"):
        with pytest.raises(OSError):
            ResultFile(FIXTURES / "broken" / name)


def all_variables(result):
    for group in result.groups() or []:
        yield from [group.x] if group.x else []
        yield from group.direct
        for section in group.sections:
            yield from section.variables


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_listed_without_harm(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = sorted(os.listdir(FIXTURES / "hostile"))
    with ResultFile(FIXTURES / "hostile" / name) as result:
        outcomes = Counter()
        for variable in all_variables(result):
            try:
                values = result.read(variable.path, max_bytes=1 << 20)
                assert values.nbytes <= 1 << 20
                assert b"root:" not in values.tobytes()
                outcomes["read"] += 1
            except UnreadableNodeError:
                outcomes["refused"] += 1
        geometry = result.geometry(max_bytes=1 << 24)
    assert geometry is None or b"root:x:" not in geometry
    assert outcomes.total() < 200
    assert os.listdir(tmp_path) == []
    assert sorted(os.listdir(FIXTURES / "hostile")) == before
    assert not [entry for entry in before if entry.startswith("PWNED")]


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "secret.h5"
    with h5py.File(path, "w") as h5file:
        h5file["secret"] = np.full(10, 1337.0)
        h5file["section/v"] = np.full(10, 1337.0)
    (tmp_path / "secret.bin").write_bytes(np.full(10, 1337.0).tobytes())
    return path


def test_nothing_from_another_file_is_given(secret, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with h5py.File("hostile.h5", "w") as h5file:
        section = h5file.create_group("results/VecRef/soma")
        section["good"] = np.ones(10)
        section["external"] = h5py.ExternalLink("secret.h5", "/secret")
        section["soft_through_external"] = h5py.SoftLink("/results/outside/section/v")
        h5file["results/outside"] = h5py.ExternalLink("secret.h5", "/")
        layout = h5py.VirtualLayout((10,), "f8")
        layout[:] = h5py.VirtualSource("secret.h5", "secret", (10,))
        section.create_virtual_dataset("virtual", layout)
        stored = [("secret.bin", 0, 80)]
        section.create_dataset("stored", shape=(10,), dtype="f8", external=stored)
    with h5py.File("hostile.h5") as h5file:  # the trap works: h5py itself falls into it
        assert h5file["results/VecRef/soma/soft_through_external"][0] == 1337
        assert h5file["results/VecRef/soma/virtual"][0] == 1337
        assert h5file["results/VecRef/soma/stored"][0] == 1337
    with ResultFile("hostile.h5") as result:
        group, outside = result.groups()
        assert outside.problem == "is a link into another file"
        problems = {}
        for variable in group.sections[0].variables:
            problems[variable.name] = variable.problem
            if variable.problem:
                with pytest.raises(UnreadableNodeError):
                    result.read(variable.path)
        with pytest.raises(UnreadableNodeError):
            result.read("/results/outside/section/v")
    assert problems == {
        "good": "",
        "external": "is a link into another file",
        "soft_through_external": "is a link into another file",
        "virtual": "has its values in other files",
        "stored": "has its values in other files",
    }


def test_no_code_in_a_file_is_run(tmp_path):
    class Bomb:
        def __reduce__(self):
            return (open, (str(tmp_path / "PWNED"), "w"))

    code = pickle.dumps(Bomb(), protocol=0)
    path = tmp_path / "hostile.h5"
    with h5py.File(path, "w") as h5file:
        array = h5file.create_dataset("results/VecRef/soma/v", data=np.ones(3))
        for node in (h5file, h5file["results"], array):
            node.attrs["TITLE"] = np.bytes_(code)
            node.attrs["evil"] = np.bytes_(code)
    with ResultFile(path) as result:
        [variable] = all_variables(result)
        assert variable.title == code.decode()
        assert result.read(variable.path).tolist() == [1.0, 1.0, 1.0]
    assert os.listdir(tmp_path) == ["hostile.h5"]


def test_links_that_multiply_come_to_an_end(tmp_path):
    path = tmp_path / "hostile.h5"
    with h5py.File(path, "w") as h5file:
        group = h5file.create_group("results/VecRef")
        for i in range(40):
            group[f"l{i}"] = h5py.SoftLink("/".join([f"/results/VecRef/l{i + 1}"] * 3))
        group["l40"] = h5py.SoftLink("/results/VecRef")
    with ResultFile(path) as result:
        [group] = result.groups()
    assert {v.name: v.problem for v in group.direct}["l0"]
    assert [section.name for section in group.sections if section.name == "l40"] == ["l40"]


def test_a_small_file_that_claims_much_is_refused(tmp_path):
    path = tmp_path / "hostile.h5"
    with h5py.File(path, "w") as h5file:
        section = h5file.create_group("results/VecRef/soma")
        section.create_dataset("petabyte", shape=(2**47,), chunks=(1024,), dtype="f8")
        section.create_dataset(
            "one_chunk", shape=(8,), maxshape=(None,), chunks=(2**28,), dtype="f8"
        )
    with ResultFile(path) as result:
        for variable in all_variables(result):
            with pytest.raises(UnreadableNodeError, match="larger than"):
                result.read(variable.path)


def test_reading_what_is_not_there_is_an_error_that_names_it():
    with ResultFile(FIXTURES / "small.h5") as result:
        with pytest.raises(UnreadableNodeError, match="/results/VecRef/soma/nope: does not exist"):
            result.read("/results/VecRef/soma/nope")
        with pytest.raises(UnreadableNodeError, match="/results/VecRef: is not an array"):
            result.read("/results/VecRef")


def test_a_file_is_closed_by_the_with_statement(tmp_path):
    with ResultFile(FIXTURES / "small.h5") as result:
        pass
    result.close()
    with pytest.raises(ValueError, match=r"small\.h5 was closed"):
        result.read("/results/VecRef/x")
