"""The wheel as users without Node.js install it."""

import email
import gzip
import json
import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NAME = "jupyterlab-neuronvisio"
STATIC = f"share/jupyter/labextensions/{NAME}/static/"


def check_output(command, **options):
    """The standard and error output of a command that has to succeed."""
    done = subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **options,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, with the extension as it is built in the checkout."""
    built = ROOT / "neuronvisio" / "labextension" / "static" / "style.js"
    assert built.exists(), "build the extension first: jlpm build:prod"
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    check_output(build)
    [path] = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def environment(wheel, tmp_path_factory):
    """The Python and the variables of an empty environment with the wheel in it.

    What the wheel depends on comes from the environment of this test. It is made visible only
    after the wheel's installation, and only as a folder of packages: nothing in its share/jupyter
    is seen.
    """
    folder = tmp_path_factory.mktemp("empty environment")
    venv.create(folder, with_pip=False)
    windows = os.name == "nt"
    programs = folder / ("Scripts" if windows else "bin")
    python = programs / ("python.exe" if windows else "python")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--no-index", "--no-deps"]
    check_output([*pip, wheel])
    packages = Path(
        sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)})
    )
    lines = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "tests-environment.pth").write_text("\n".join(lines))
    variables = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("JUPYTER", "PYTHON", "VIRTUAL_ENV"))
    }
    variables |= {
        "PATH": str(programs),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "NO_COLOR": "1",
    }
    return python, variables


def test_the_wheel_carries_the_entry_the_worker_and_the_reader(wheel):
    with zipfile.ZipFile(wheel) as archive:
        files = {
            name.rpartition(STATIC)[2]: archive.read(name)
            for name in archive.namelist()
            if STATIC in name
        }
    assert [name for name in files if name.startswith("remoteEntry.")]
    [code] = [name for name in files if re.fullmatch(r"hdf5\.\w+\.bin", name)]
    # HDF5's compiled code comes compressed: it is 4 MB otherwise.
    assert 500_000 < len(files[code]) < 1_500_000
    assert gzip.decompress(files[code]).startswith(b"\0asm")
    # The worker comes in one script, which names the code; another starts the worker.
    [worker] = [name for name in files if name.startswith("neuronvisio-worker.")]
    assert code.encode() in files[worker]
    [number] = {
        number
        for text in files.values()
        for number in re.findall(rb"new Worker\(new URL\(\w+\.p\+\w+\.u\(\"?(\d+)", text)
    }
    named = number + rb'\W+(?:\w\W+)?"neuronvisio-worker"'
    assert [name for name, text in files.items() if re.search(named, text)]


def test_the_notices_name_every_package_that_the_wheel_carries(wheel):
    with zipfile.ZipFile(wheel) as archive:
        [report] = [
            name for name in archive.namelist() if name.endswith("third-party-licenses.json")
        ]
        packages = json.loads(archive.read(report))["packages"]
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\S+) +\| (\d\S*)", notices, re.MULTILINE)
    # The report leaves out what the worker's script holds: of others' work, that is h5wasm.
    held = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    carried = {(package["name"], package["versionInfo"]) for package in packages}
    assert carried | {("h5wasm", held["h5wasm"])} == set(rows)


def test_the_wheel_says_what_it_is_and_carries_the_licences(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        [metadata] = [name for name in names if name.endswith(".dist-info/METADATA")]
        fields = email.message_from_bytes(archive.read(metadata))
    assert fields["Name"] == NAME
    assert {re.match(r"[\w-]+", text)[0] for text in fields.get_all("Requires-Dist")} >= {
        "h5py",
        "numpy",
    }
    for file in ("LICENSE", "THIRD_PARTY_NOTICES.md"):
        assert [name for name in names if name.endswith(f".dist-info/licenses/{file}")]
    assert "neuronvisio/py.typed" in names
    assert f"{STATIC.removesuffix('static/')}install.json" in "\n".join(names)


def test_jupyterlab_lists_it_without_node(environment):
    python, variables = environment
    listed = check_output(
        [python, "-m", "jupyterlab.labextensions", "list"], env=variables, cwd=python.parent
    )
    listed = re.sub(r"\x1b\[\d+m", "", listed)
    assert re.search(rf"{NAME} v\S+ enabled OK \(python, {NAME}\)", listed), listed


def test_the_package_is_imported_from_the_wheel(environment):
    python, variables = environment
    where = check_output(
        [python, "-c", "import neuronvisio.manager as m; print(m.__file__)"],
        env=variables,
        cwd=python.parent,
    )
    assert Path(where.strip()).is_relative_to(python.parent.parent)
