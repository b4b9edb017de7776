"""The morphology in a file: right, well-formed, and made without touching the model."""

import xml.etree.ElementTree as ET

import h5py
import numpy as np
import pytest
from helpers import run_python

from neuronvisio import morphology
from neuronvisio.manager import NeuronvisioWarning

MORPHML = "{http://morphml.org/morphml/schema}"


def parse(h, names=None):
    sections = list(h.allsec())
    names = names or [section.name() for section in sections]
    text = morphology.neuroml_of(morphology.cables_of(sections, names))
    return ET.fromstring(text)


def segments_of(root):
    """Id -> parent, cable, and the x, y, z, diameter of both ends where given."""
    found = {}
    for segment in root.iter(f"{MORPHML}segment"):
        ends = {
            end.tag.removeprefix(MORPHML): tuple(
                float(end.get(axis)) for axis in ("x", "y", "z", "diameter")
            )
            for end in segment
        }
        parent = segment.get("parent")
        key = int(segment.get("id"))
        found[key] = (None if parent is None else int(parent), int(segment.get("cable")), ends)
    return found


def cables_of(root):
    named = [cable for cable in root.iter(f"{MORPHML}cable") if cable.get("name") is not None]
    return {cable.get("name"): cable for cable in named}


def points_of(root, name):
    """A section's points as a viewer puts them together."""
    cable = int(cables_of(root)[name].get("id"))
    points = []
    for _, of_cable, ends in segments_of(root).values():
        if of_cable == cable:
            points += [ends["proximal"]] if "proximal" in ends else []
            points += [ends["distal"]]
    return points


def add_points(section, points):
    for point in points:
        section.pt3dadd(*point)


SOMA = [(0, 0, 0, 10), (10, 0, 0, 12), (20, 0, 0, 10)]
CHILD = [(20, 0, 0, 2), (30, 5, 0, 1)]


def test_points_come_back_with_their_diameters(h):
    soma, dend = h.Section(name="soma"), h.Section(name="dend")
    add_points(soma, SOMA)
    add_points(dend, CHILD)
    dend.connect(soma(1))
    root = parse(h)
    assert points_of(root, "soma") == SOMA
    assert points_of(root, "dend") == CHILD


def test_only_the_first_segment_of_a_section_has_a_proximal_point(h):
    soma = h.Section(name="soma")
    add_points(soma, SOMA)
    root = parse(h)
    assert [list(ends) for _, _, ends in segments_of(root).values()] == [
        ["proximal", "distal"],
        ["distal"],
    ]


@pytest.mark.parametrize(
    ("at", "parent", "fraction"), [(1, 1, None), (0.75, 1, "0.75"), (0.25, 0, "0.25"), (0, 0, "0")]
)
def test_a_child_hangs_on_the_segment_that_it_is_attached_to(h, at, parent, fraction):
    soma, dend = h.Section(name="soma"), h.Section(name="dend")
    add_points(soma, SOMA)
    add_points(dend, CHILD)
    dend.connect(soma(at))
    root = parse(h)
    segments = segments_of(root)
    cable = int(cables_of(root)["dend"].get("id"))
    assert [found for found, of_cable, _ in segments.values() if of_cable == cable] == [parent]
    assert cables_of(root)["dend"].get("fract_along_parent") == fraction
    assert cables_of(root)["soma"].get("fract_along_parent") == "0"


def test_a_section_attached_by_its_other_end_runs_away_from_its_parent(h):
    soma, dend = h.Section(name="soma"), h.Section(name="dend")
    add_points(soma, SOMA)
    add_points(dend, CHILD[::-1])
    dend.connect(soma(1), 1)
    assert points_of(parse(h), "dend") == CHILD


def test_every_cell_stands_alone_and_ids_are_unique(h):
    sections = [h.Section(name=f"soma{number}") for number in range(3)]
    for section in sections:
        add_points(section, SOMA)
    root = parse(h)
    cells = root.findall(".//{http://morphml.org/neuroml/schema}cell")
    assert [cell.get("name") for cell in cells] == ["soma0", "soma1", "soma2"]
    ids = [segment.get("id") for segment in root.iter(f"{MORPHML}segment")]
    assert ids == ["0", "1", "2", "3", "4", "5"]
    assert [parent for parent, _, _ in segments_of(root).values()] == [None, 0, None, 2, None, 4]


def test_sections_without_points_are_laid_out_and_stay_without_points(cell, h):
    lengths = [section.L for section in cell]
    root = parse(h)
    assert [section.n3d() for section in cell] == [0, 0, 0, 0]
    assert [section.L for section in cell] == lengths
    for section in cell:
        points = points_of(root, section.name())
        assert len(points) == section.nseg + 2
        assert [point[3] for point in points] == [pytest.approx(section.diam)] * len(points)
        steps = np.diff(np.array(points)[:, :3], axis=0)
        assert np.linalg.norm(steps, axis=1).sum() == pytest.approx(section.L, rel=1e-4)
    trunk, branch, tip = (points_of(root, f"dend[{i}]") for i in range(3))
    assert trunk[0][:3] == points_of(root, "soma")[-1][:3]
    assert tip[0][:3] == trunk[-1][:3]
    middle = (np.array(trunk[0]) + np.array(trunk[-1])) / 2
    np.testing.assert_allclose(branch[0], middle, rtol=1e-5)
    assert branch[-1][:3] != tip[-1][:3]


def test_siblings_without_points_do_not_lie_on_each_other(h):
    soma = h.Section(name="soma")
    dend = [h.Section(name=f"d{i}") for i in range(4)]
    for section in dend:
        section.connect(soma(1))
    root = parse(h)
    ends = {points_of(root, section.name())[-1][:3] for section in dend}
    assert len(ends) == 4


def test_a_section_without_points_starts_where_its_parent_says(h):
    soma, dend = h.Section(name="soma"), h.Section(name="dend")
    add_points(soma, SOMA)
    dend.connect(soma(0.5))
    assert points_of(parse(h), "dend")[0][:3] == (10, 0, 0)


def test_any_name_and_any_diameter_stay_well_formed(h):
    section = h.Section(name="soma")
    add_points(section, [(0, 0, 0, 0), (1, 0, 0, 0)])
    name = '<__main__.C object at "0x7f">.so&ma\x01μ'
    root = parse(h, [name])
    assert list(cables_of(root)) == [name.replace("\x01", "_")]
    assert [point[3] for point in points_of(root, name.replace("\x01", "_"))] == [0, 0]


def test_the_number_of_segments_is_kept(cell, h):
    cables = cables_of(parse(h))
    texts = {name: "".join(cable.itertext()).split() for name, cable in cables.items()}
    assert texts["dend[0]"] == ["numberInternalDivisions3"]
    assert texts["soma"] == []


@pytest.mark.parametrize("function", ["cables_of", "neuroml_of"])
def test_trouble_with_the_morphology_never_stops_a_save(
    function, cell, manager, run, tmp_path, monkeypatch
):
    def fail(*arguments):
        raise RuntimeError("odd model")

    manager.add_all_vecRef("v")
    run(1)
    monkeypatch.setattr(morphology, function, fail)
    with pytest.warns(NeuronvisioWarning, match="morphology was left out: RuntimeError: odd model"):
        manager.save_to_hdf(tmp_path / "storage.h5")
    with h5py.File(tmp_path / "storage.h5") as h5file:
        assert "geometry" not in h5file
        assert len(h5file["results/VecRef"]) == 5


def test_neuron_imports_the_morphology_as_the_original_does(cell, manager, run, tmp_path):
    manager.add_all_vecRef("v")
    run(1)
    manager.save_to_hdf(tmp_path / "storage.h5")
    with h5py.File(tmp_path / "storage.h5") as h5file:
        (tmp_path / "geometry.xml").write_bytes(h5file["geometry/geom"][()])
    code = """
from neuron import h
h.load_file("stdrun.hoc"), h.load_file("celbild.hoc")
builder = h.CellBuild(0)
builder.manage.neuroml("geometry.xml")
builder.cexport(1)
for section in h.allsec():
    print("SECTION", section.name(), section.n3d(), round(section.L, 3), section.parentseg())
"""
    lines = run_python(code, cwd=tmp_path).stdout.splitlines()
    sections = sorted(line.split(" ", 1)[1] for line in lines if line.startswith("SECTION"))
    assert sections == [
        "dend_0 5 100.0 soma(1)",
        "dend_1 5 100.0 dend_0(0.5)",
        "dend_2 5 100.0 dend_0(1)",
        "soma 3 20.0 None",
    ]
