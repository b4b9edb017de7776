"""Sections made from a morphology."""

import pytest
from helpers import FIXTURES

from neuronvisio.manager import Manager, NeuronvisioWarning
from neuronvisio.neuroml import parse_neuroml

HEAD = '<neuroml xmlns="http://morphml.org/neuroml/schema"><cells><cell name="c">'
TAIL = "</cell></cells></neuroml>"


def morphml(segments, cables):
    names = 'xmlns="http://morphml.org/morphml/schema"'
    return f"{HEAD}<segments {names}>{segments}</segments><cables {names}>{cables}</cables>{TAIL}"


def points_of(section):
    indices = range(int(section.n3d()))
    return [(section.x3d(i), section.y3d(i), section.z3d(i), section.diam3d(i)) for i in indices]


def test_what_was_saved_can_be_built_again(h, cell, manager, run, tmp_path):
    manager.add_all_vecRef("v")
    run(1)
    path = tmp_path / "storage.h5"
    manager.save_to_hdf(path)
    before = {section.name(): section for section in cell}
    built = {section.name(): section for section in manager.load_neuroml(path)}
    assert set(built) == {"soma", "dend_0", "dend_1", "dend_2"}
    for name, section in built.items():
        original = before["soma" if name == "soma" else f"dend[{name[-1]}]"]
        assert section.L == pytest.approx(original.L, rel=1e-5)
        assert section(0.5).diam == pytest.approx(original(0.5).diam, rel=1e-5)
        assert section.nseg == original.nseg
        at, expected = section.parentseg(), original.parentseg()
        assert (at is None) == (expected is None)
        if at is not None:
            assert at.x == expected.x
            assert at.sec.name().strip("]").replace("[", "_") == expected.sec.name().strip(
                "]"
            ).replace("[", "_")


def test_names_that_hoc_can_hold_are_found_there(h, manager, tmp_path):
    text = morphml(
        '<segment id="0" cable="0"><proximal x="0" y="0" z="0" diameter="2"/>'
        '<distal x="9" y="0" z="0" diameter="2"/></segment>'
        '<segment id="1" cable="1" parent="0"><proximal x="9" y="0" z="0" diameter="1"/>'
        '<distal x="9" y="5" z="0" diameter="1"/></segment>',
        '<cable id="0" name="trunk_7"/><cable id="1" name="a b; quit()"/>',
    )
    (tmp_path / "cell.xml").write_text(text)
    trunk, branch = manager.load_neuroml(tmp_path / "cell.xml")
    assert h.trunk_7 == trunk
    assert branch.name() == "a b; quit()"
    assert branch.parentseg() == trunk(1)
    assert points_of(branch) == [(9, 0, 0, 1), (9, 5, 0, 1)]


def test_neurons_own_export_is_joined_by_its_comment_where_its_parent_is_wrong():
    text = morphml(
        '<segment id="0" cable="0"><proximal x="0" y="0" z="0" diameter="2"/>'
        '<distal x="9" y="0" z="0" diameter="2"/></segment>'
        '<segment id="1" cable="1" parent="0"><proximal x="9" y="0" z="0" diameter="1"/>'
        '<distal x="19" y="0" z="0" diameter="1"/></segment>'
        '<segment id="2" cable="2" parent="0"><proximal x="14" y="0" z="0" diameter="1"/>'
        "<!-- Connected at 0.5 on parent section: dend[0] -->"
        '<distal x="14" y="5" z="0" diameter="1"/></segment>',
        '<cable id="0" name="soma"/><cable id="1" name="dend_0"/>'
        '<cable id="2" name="dend_1" fract_along_parent="0.5"/>',
    )
    shapes = parse_neuroml(text.encode(), "text")
    assert [(s.name, s.parent, s.parent_x) for s in shapes] == [
        ("soma", None, 1.0),
        ("dend_0", 0, 1.0),
        ("dend_1", 1, 0.5),
    ]


def test_a_diameter_of_zero_becomes_its_neighbours_with_a_warning(h, manager, tmp_path):
    text = morphml(
        '<segment id="0" cable="0"><proximal x="0" y="0" z="0" diameter="0"/>'
        '<distal x="9" y="0" z="0" diameter="2"/></segment>',
        '<cable id="0" name="stem"/>',
    )
    (tmp_path / "cell.xml").write_text(text)
    with pytest.warns(NeuronvisioWarning, match="no diameter of 0.*stem"):
        [stem] = manager.load_neuroml(tmp_path / "cell.xml")
    assert points_of(stem) == [(0, 0, 0, 2), (9, 0, 0, 2)]
    h.finitialize(-65)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "document type"),
        ("<neuroml><cells>", "not well-formed"),
        ("<neuroml/>", "no sections"),
        ("", "not well-formed"),
    ],
)
def test_what_is_no_morphology_is_an_error_that_names_the_file(manager, tmp_path, text, message):
    path = tmp_path / "cell.xml"
    path.write_text(text)
    with pytest.raises(ValueError, match=message) as failure:
        manager.load_neuroml(path)
    assert str(path) in str(failure.value)


def test_circles_of_parents_come_to_an_end():
    segment = (
        '<segment id="{0}" cable="{0}" parent="{1}"><proximal x="0" y="0" z="0" diameter="1"/>'
        '<distal x="1" y="0" z="0" diameter="1"/></segment>'
    )
    text = morphml(
        segment.format(0, 1) + segment.format(1, 0),
        '<cable id="0" name="a"/><cable id="1" name="b"/>',
    )
    shapes = parse_neuroml(text.encode(), "text")
    assert sorted(shape.name for shape in shapes) == ["a", "b"]
    assert [shape.parent for shape in shapes] == [None, 0]


def test_a_file_of_neurons_own_export_is_built_whole(h, manager):
    sections = manager.load_neuroml(FIXTURES / "morphology.h5")
    assert len(sections) > 10
    assert sum(section.parentseg() is None for section in sections) == 1


def test_sections_have_the_names_of_the_file_and_what_is_loaded_after_finds_them(
    cell, manager, run, tmp_path, h
):
    manager.add_all_vecRef("v")
    run(1)
    manager.save_to_hdf(tmp_path / "storage.h5")
    for section in cell:
        h.delete_section(sec=section)
    loaded = Manager()
    sections = loaded.load_neuroml(tmp_path / "storage.h5")
    made = {section.name(): section for section in sections}
    assert set(made) == {"soma", "dend_0", "dend_1", "dend_2"}
    assert {name: section.nseg for name, section in made.items()} == dict(
        soma=1, dend_0=3, dend_1=3, dend_2=3
    )
    assert not any(section.has_membrane("pas") for section in sections)
    loaded.load_from_hdf(tmp_path / "storage.h5")
    assert {ref.sec for ref in loaded.refs["VecRef"]} == set(sections)
    assert (
        len(loaded.get_vector(made["dend_0"], "v")) == len(loaded.get_vector("dend[0]", "v")) == 41
    )
    loaded.load_from_hdf(tmp_path / "storage.h5")
    assert len(loaded.refs["VecRef"]) == 8
    loaded.close()
