"""Any name and any value comes back as it was (property-based)."""

import tempfile
import warnings
from pathlib import Path

import numpy as np
import tables
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

from neuronvisio.manager import BaseRef, Manager
from neuronvisio.results import Results

NAMES = st.one_of(
    st.text(max_size=30),
    st.from_regex(r"(Cell\[[0-2]\]\.)?(dend|soma|x)(\[[0-2]\]|_[0-2])?", fullmatch=True),
    st.sampled_from(["", ".", "..", "/", "a/b", "x", "x_", "\0", "soma.", "<b>", "é" * 700]),
)
TYPES = st.one_of(
    st_numpy.floating_dtypes(sizes=(16, 32, 64)),
    st_numpy.integer_dtypes(),
    st_numpy.unsigned_integer_dtypes(),
    st_numpy.boolean_dtypes(),
)
ARRAYS = st_numpy.arrays(TYPES, st_numpy.array_shapes(max_dims=3, max_side=6))
FEW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)


def storable(text):
    """A text as it stands in a file: UTF-8 without NUL."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", "\\x00")


def saved(manager, **options):
    folder = tempfile.TemporaryDirectory()
    path = Path(folder.name) / "storage.h5"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        manager.save_to_hdf(path, **options)
    return folder, path


@FEW
@given(st.lists(st.tuples(NAMES, NAMES, NAMES), min_size=1, max_size=8))
def test_no_name_is_lost_and_no_value_gets_another_name(triples):
    manager = Manager()
    for number, (group, section, variable) in enumerate(triples):
        ref = BaseRef()
        ref.group_id, ref.sec_name, ref.vecs = group, section, {variable: [float(number)]}
        manager.add_ref(ref, [0.0])
    folder, path = saved(manager)
    found = []
    with folder, tables.open_file(str(path)) as h5file:
        for group in h5file.iter_nodes("/results"):
            for section in h5file.iter_nodes(group, classname="Group"):
                for leaf in h5file.iter_nodes(section, classname="Array"):
                    names = (
                        str(getattr(node._v_attrs, "original_name", node._v_name))
                        for node in (group, section, leaf)
                    )
                    found.append((*names, leaf.read()[0]))
    expected = [(*map(storable, triple), float(number)) for number, triple in enumerate(triples)]
    assert sorted(found) == sorted(expected)


@FEW
@given(ARRAYS, st.sampled_from([None, "gzip"]))
def test_a_numpy_array_of_any_real_type_and_shape_comes_back_bit_by_bit(value, compression):
    manager = Manager()
    ref = BaseRef()
    ref.sec_name, ref.vecs = "soma", {"a": value}
    manager.add_ref(ref, [0.0])
    folder, path = saved(manager, compression=compression)
    with folder:
        with tables.open_file(str(path)) as h5file:
            node = h5file.get_node("/results/BaseRef/soma/a")
            order = ">" if node.byteorder == "big" else "<"
            assert node.dtype.newbyteorder(order) == value.dtype
            np.testing.assert_array_equal(node.read(), value)
        with Results(path) as results:
            read = np.asarray(results["BaseRef"]["soma"]["a"])
            # Truth values are bits in the file.
            assert read.dtype == value.dtype
            assert read.tobytes() == value.tobytes()


@FEW
@given(st.lists(st.floats(width=64), min_size=1, max_size=20), st.text(max_size=40))
def test_a_list_of_numbers_and_a_detail_come_back(values, detail):
    manager = Manager()
    ref = BaseRef()
    ref.sec_name, ref.vecs, ref.detail = "soma", {"a": values}, detail
    manager.add_ref(ref, values)
    folder, path = saved(manager)
    with folder, Results(path) as results:
        variable = results["BaseRef"]["soma"]["a"]
        np.testing.assert_array_equal(variable, np.array(values))
        np.testing.assert_array_equal(variable.x, np.array(values))
        assert variable.detail == storable(detail)
