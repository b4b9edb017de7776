"""What several test files share."""

import os
import subprocess
import sys
from pathlib import Path

import tables

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"

TEMPLATE = """
begintemplate NetworkCell
public soma, dend
create soma, dend[2]
proc init() {
    soma { insert hh L = 20 diam = 20 }
    dend[0] { insert pas }
    dend[1] { insert pas }
    connect dend[0](0), soma(1)
    connect dend[1](0), dend[0](1)
}
endtemplate NetworkCell
"""


def run_python(code, *arguments, cwd, check=True):
    """Run code in a Python of its own, which sees this checkout's package."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *map(str, arguments)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    if check:
        assert done.returncode == 0, done.stderr
    return done


def start_python(code, *arguments, cwd):
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def read_like_the_original(path):
    """Walk a file as Neuronvisio 0.9.1 does, with real PyTables.

    Every group of results must have its x, every other child must be a group, only leaves of
    class Array are variables, and the detail is the title of the last of them.
    """
    with tables.open_file(str(path)) as h5file:
        text = h5file.get_node("/geometry/geom").read()
        loaded = {"geometry": text[0] if isinstance(text, list) else text, "groups": {}}
        for group in h5file.iter_nodes("/results"):
            x = h5file.get_node(group, "x")
            refs = []
            for section in h5file.iter_nodes(group):
                if section._v_name == "x":
                    continue
                detail, vecs = "", {}
                for leaf in h5file.iter_nodes(section, classname="Array"):
                    detail = leaf.title
                    vecs[leaf.name] = leaf.read()
                refs.append((section._v_name, detail, vecs))
            loaded["groups"][group._v_name] = (x.read(), refs)
        return loaded


def nodes_of(path):
    """Names of all nodes of a file, as PyTables walks them."""
    with tables.open_file(str(path)) as h5file:
        return [node._v_pathname for node in h5file.walk_nodes("/")]
