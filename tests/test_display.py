"""What a notebook shows of results: text, and HTML without script."""

import base64
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import h5py
import numpy as np
import pytest
from helpers import run_python

import neuronvisio
from neuronvisio.display import MIME_TYPE
from neuronvisio.display.drawing import COLUMNS, kept, ticks_of
from neuronvisio.manager import BaseRef, Manager
from neuronvisio.results import NotAResultFileError

PAYLOAD = '<img src=q onerror=alert(1)><a href="javascript:x">&'


class Page(HTMLParser):
    """Tags, texts and attributes of HTML; complains of tags that are not closed."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.texts, self.attributes, self._open = [], [], [], []
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag != "img":
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


@pytest.fixture
def saved(cell, manager, run, tmp_path):
    manager.add_all_vecRef("v")
    manager.add_vecRef("ina", cell[0])
    run(1)
    return manager.save_to_hdf(tmp_path / "storage.h5")


def shown(thing):
    bundle = thing._repr_mimebundle_()
    assert sorted(bundle) == [MIME_TYPE, "text/html", "text/plain"]
    return bundle["text/plain"], Page(bundle["text/html"])


def plots(page):
    """The images of the page, the legend's too, each as the page that it is inside."""
    start = "data:image/svg+xml;base64,"
    sources = [value for name, value in page.attributes if name == "src"]
    assert all(source.startswith(start) for source in sources)
    texts = [base64.b64decode(source.removeprefix(start)).decode() for source in sources]
    for text in texts:
        ElementTree.fromstring(text)
    return [Page(text) for text in texts]


def curves(page):
    """The points of each run of each line, in the plot's own coordinates."""
    lines = [value for plot in plots(page) for name, value in plot.attributes if name == "d"]
    runs = [run for line in lines if "," in line for run in line.split("M")[1:]]
    return [np.array([spot.split(",") for spot in run.split("L")], float) for run in runs]


def test_a_save_gives_what_the_file_holds_and_a_notebook_shows_it(saved):
    text, page = shown(saved)
    assert text.splitlines()[:5] == [
        "storage.h5",
        "  VecRef  4 sections, x: 41 × float64, ms",
        "    dend_0",
        "      v  41 × float64, mV",
        "    dend_1",
    ]
    assert page.tags.count("details") == 5
    assert {"VecRef", "soma", "ina", "41 × float64, mA/cm2"} <= set(page.texts)
    assert "img" not in page.tags


def test_what_is_shown_holds_no_file_open(saved):
    assert repr(saved) == f"<results in {saved.path}>"
    saved._repr_mimebundle_()
    with h5py.File(saved.path, "r+") as h5file:
        h5file.attrs["more"] = 1


def test_chosen_variables_are_drawn_against_their_x_one_plot_for_each_unit(saved, manager, cell):
    shown_ = saved.show(["VecRef/soma/v", "VecRef/dend[0]/v", "VecRef/soma/ina"])
    _, page = shown(shown_)
    labels = [text for plot in plots(page) for text in plot.texts if "(" in text]
    assert labels == [
        "t (ms)",
        "v (mV)",
        "t (ms)",
        "ina (mA/cm2)",
    ]
    soma, dend, ina = curves(page)
    values = manager.get_vector(cell[0], "v").as_numpy()
    assert len(soma) == len(dend) == len(ina) == len(values)
    # Up is less on a page; the scale is the same for the whole curve.
    assert np.corrcoef(soma[:, 1], values)[0, 1] == pytest.approx(-1, abs=1e-3)
    assert np.corrcoef(soma[:, 0], manager.get_time().as_numpy())[0, 1] == pytest.approx(1)
    assert repr(shown_).splitlines()[-1] == (
        "  drawn: VecRef/soma/v, VecRef/dend_0/v, VecRef/soma/ina"
    )


def test_a_section_draws_its_variables_and_a_group_shows_its_tree(saved):
    with saved:
        text, page = shown(saved["VecRef"]["soma"])
        assert len(curves(page)) == 2
        assert text.startswith("soma\n  VecRef  1 section,")
        text, page = shown(saved["VecRef"])
        assert len(curves(page)) == 0
        assert text.startswith("VecRef\n  VecRef  4 sections")


def test_the_manager_shows_what_is_recorded_before_it_is_saved(cell, manager, run):
    manager.add_all_vecRef("v")
    run(1)
    text, _ = shown(manager)
    assert text.startswith("In memory, as recorded so far\n  VecRef  4 sections, x: 41")
    _, page = shown(manager.show(["VecRef/soma/v"]))
    assert len(curves(page)[0]) == 41
    with pytest.raises(KeyError, match="not of the form 'VecRef/soma/v'"):
        manager.show(["soma"])
    with pytest.raises(KeyError, match="no variable 'cai'"):
        manager.show(["VecRef/soma/cai"])


def test_texts_of_a_file_are_texts_and_nothing_runs_or_is_fetched(tmp_path):
    ref, manager = BaseRef(), Manager()
    ref.sec_name, ref.detail, ref.units = PAYLOAD, PAYLOAD, {PAYLOAD: PAYLOAD}
    ref.vecs, ref.group_id = {PAYLOAD: [1.0, 2.0]}, PAYLOAD
    manager.add_ref(ref, [0.0, 1.0])
    results = manager.save_to_hdf(tmp_path / f"{PAYLOAD[:40]}.h5")
    with results:
        [group] = results
        [section] = results[group]
        [variable] = results[group][section]
    _, page = shown(neuronvisio.open(results.path).show([f"{group}/{section}/{variable}"]))
    assert set(page.tags) <= set("div p b details summary table tr td img span".split())
    for part in plots(page):
        assert set(part.tags) <= {"svg", "line", "text", "path"}
        assert not [value for name, value in part.attributes if name in ("src", "href")]
    for part in (page, *plots(page)):
        assert not [name for name, _ in part.attributes if name.startswith(("on", "href"))]
        assert not [value for _, value in part.attributes if value and "url(" in value]
    assert PAYLOAD in page.texts


def test_thousands_of_sections_are_counted_not_listed(tmp_path):
    with h5py.File(tmp_path / "many.h5", "w") as h5file:
        for number in range(1500):
            h5file[f"results/VecRef/dend_{number}/v"] = [1.0]
    text, page = shown(neuronvisio.open(tmp_path / "many.h5"))
    assert "1,500 sections" in text
    assert text.splitlines()[-1] == "    ... and 1,400 more sections"
    assert [line.strip() for line in text.splitlines()[2:6:2]] == ["dend_0", "dend_1"]
    assert len(page.tags) < 1000


def test_what_can_not_be_drawn_is_said(tmp_path):
    ref, manager = BaseRef(), Manager()
    ref.sec_name = "soma"
    ref.vecs = {"text": ["a", "b"], "short": [5.0], "flat": [2.0, 2.0], "gap": [1.0, np.nan]}
    manager.add_ref(ref, [0.0, 1.0])
    with pytest.warns(match="differs"):
        results = manager.save_to_hdf(tmp_path / "storage.h5")
    paths = [f"BaseRef/soma/{name}" for name in ref.vecs]
    text = " ".join(shown(results.show(paths))[1].texts)
    assert "BaseRef/soma/text is not drawn: holds no real numbers" in text
    assert "BaseRef/soma/short: its length differs from x" in text
    assert [len(curve) for curve in curves(shown(results.show(paths))[1])] == [2, 2, 2]


def test_every_point_drawn_is_a_sample_and_no_spike_is_lost():
    y = np.sin(np.arange(1_000_000.0) / 1e5)
    y[[0, 123_456, 999_999]] = 9, 7, -9
    y[500_000] = np.nan
    keep = kept(y, COLUMNS)
    [gap] = np.flatnonzero(keep < 0)
    assert keep[gap - 1] < 500_000 < keep[gap + 1]
    assert len(keep) < 5 * COLUMNS
    assert {7.0, 9.0, -9.0} <= set(y[keep])


def test_few_samples_are_all_kept():
    assert list(kept(np.arange(2000.0), COLUMNS)) == list(range(2000))
    assert list(kept(np.array([]), COLUMNS)) == []
    assert list(kept(np.array([np.nan, 1, np.inf, 2, 3]), 2)) == [1, -1, 3, 4]


def test_many_gaps_make_no_more_points_than_columns_show():
    y = np.arange(100_000.0)
    y[::2] = np.nan
    assert len(kept(y, 100)) <= 8 * 101


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [(0, 40, [0, 10, 20, 30, 40]), (-70, 45, [-50, -25, 0, 25]), (0, 1e-6, [0, 2e-7, 4e-7])],
)
def test_ticks_are_round_numbers(low, high, ticks):
    assert ticks_of(low, high, 5)[: len(ticks)] == pytest.approx(ticks)


def test_a_foreign_file_is_said_at_once(tmp_path):
    (tmp_path / "a.h5").write_text("no")
    with pytest.raises(NotAResultFileError):
        neuronvisio.open(tmp_path / "a.h5")


def test_in_a_real_kernel_the_last_line_of_a_cell_is_shown(tmp_path):
    code = """
import sys
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name="python3", cwd=sys.argv[1])
shown = []
try:
    client.execute_interactive(
        "from neuronvisio.manager import *\\nm, r = Manager(), BaseRef()\\n"
        "r.sec_name, r.vecs = 'soma', {'v': [1.0, 2.0]}\\nm.add_ref(r, [0.0, 1.0])\\n"
        "m.save_to_hdf('storage.h5')",
        output_hook=lambda message: shown.append(message["content"].get("data", {})),
        timeout=30,
    )
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
[data] = [data for data in shown if data]
assert data["text/plain"].startswith("storage.h5"), data
assert "<details" in data["text/html"], data
"""
    run_python(f"import warnings; warnings.simplefilter('ignore')\n{code}", tmp_path, cwd=tmp_path)


def test_colours_and_sizes_need_no_style_sheet(saved):
    html = saved._repr_mimebundle_()["text/html"]
    assert not re.search(r"<(style|link|script|iframe|object)", html)


@pytest.mark.parametrize(
    ("exporter", "expected"),
    [
        ("HTMLExporter", ["<details", "data:image/svg+xml", "VecRef/soma/v"]),
        ("MarkdownExporter", ["VecRef", "soma", "<details"]),
        ("LatexExporter", ["VecRef  4 sections", "drawn: VecRef/soma/v"]),
        ("RSTExporter", ["<details"]),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_a_saved_notebook_stays_readable_when_it_is_converted(saved, exporter, expected):
    import nbconvert
    import nbformat

    data = saved.show(["VecRef/soma/v"])._repr_mimebundle_()
    output = nbformat.v4.new_output("execute_result", data=data, execution_count=1)
    cell = nbformat.v4.new_code_cell("manager.save_to_hdf('storage.h5')", outputs=[output])
    notebook = nbformat.v4.new_notebook(cells=[cell])
    body, _ = getattr(nbconvert, exporter)().from_notebook_node(notebook)
    for text in expected:
        assert text in body


@pytest.mark.filterwarnings("ignore")
def test_what_a_sanitiser_leaves_is_still_readable(saved):
    import nbconvert
    import nbformat

    data = saved.show(["VecRef/soma/v"])._repr_mimebundle_()
    output = nbformat.v4.new_output("execute_result", data=data, execution_count=1)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=[output])])
    body, _ = nbconvert.HTMLExporter(sanitize_html=True).from_notebook_node(notebook)
    shown = body[body.index("storage.h5") :]
    for text in ("VecRef", "4 sections", "soma", "41 × float64, mV", "VecRef/soma/v"):
        assert text in shown
