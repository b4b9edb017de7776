"""`neuronvisio FILE` opens JupyterLab on the file, in our viewer."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from helpers import FIXTURES, ROOT

from neuronvisio.cli import main
from neuronvisio.cli.open import choose_root, inside, page

NAME = "a b#ü%20&x.h5"
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@pytest.fixture
def environment(tmp_path, monkeypatch):
    """A home of its own for Jupyter, and a browser that only writes down addresses."""
    for kind in ("RUNTIME", "CONFIG", "DATA"):
        monkeypatch.setenv(f"JUPYTER_{kind}_DIR", str(tmp_path / "jupyter" / kind.lower()))
    seen = tmp_path / "addresses"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf "%s\\n" "$1" >> "{seen}"\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(browser))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (tmp_path / "jupyter" / "runtime").mkdir(parents=True)
    return seen


@pytest.fixture
def results(tmp_path, monkeypatch):
    folder = tmp_path / "work"
    (folder / "Sims").mkdir(parents=True)
    shutil.copy(FIXTURES / "small.h5", folder / "Sims" / NAME)
    monkeypatch.chdir(folder)
    return folder


def until(find, process=None):
    """Wait for something to become true; it is looked at as soon as it can be."""
    deadline = time.monotonic() + 50
    while time.monotonic() < deadline:
        found = find()
        if found:
            return found
        assert process is None or process.poll() is None, "the server has ended"
        time.sleep(0.05)
    raise AssertionError("waited in vain")


def lines_of(path):
    return path.read_text().splitlines() if path.exists() else []


@pytest.fixture
def started(environment, tmp_path):
    """Starts `neuronvisio` with real JupyterLab; gives the process and what Jupyter tells of it."""
    processes = []

    def start(*words, cwd):
        with open(tmp_path / f"log{len(processes)}", "wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "neuronvisio", *map(str, words)],
                cwd=cwd,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        processes.append(process)
        runtime = tmp_path / "jupyter" / "runtime"

        def facts():
            for path in runtime.glob(f"jpserver-{process.pid}.json"):
                try:
                    return json.loads(path.read_text())
                except ValueError:  # half written
                    return None
            return None

        return process, until(facts, process)

    yield start
    for process in processes:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def get(facts, path):
    request = urllib.request.Request(facts["url"] + path)
    request.add_header("Authorization", f"token {facts['token']}")
    with DIRECT.open(request, timeout=30) as answer:
        return answer.read()


def said(*words):
    """Run the command to its end; Python looks for the browser once in a process."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "neuronvisio", *map(str, words)],
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def asked(address):
    """The path of an address and its query."""
    parts = urlsplit(address)
    return parts.path, {key: value for key, [value] in parse_qs(parts.query).items()}


def test_a_server_starts_on_the_file_and_is_used_again(started, environment, results):
    file = results / "Sims" / NAME
    process, facts = started(f"Sims/{NAME}", "--no-browser", cwd=results)
    assert facts["root_dir"] == str(results)
    until(lambda: answers(facts), process)
    assert get(facts, "files/Sims/a%20b%23%C3%BC%2520%26x.h5") == file.read_bytes()
    with DIRECT.open(f"{facts['url']}?token={facts['token']}", timeout=30) as landing:
        path, query = asked(landing.url)
    assert path == "/lab"
    assert query["neuronvisio"] == "open"
    assert query["path"] == f"Sims/{NAME}"
    assert lines_of(environment) == []

    assert "is running already: http" in said(file)
    [address] = until(lambda: lines_of(environment))
    assert address.startswith(f"{facts['url']}lab?")
    assert asked(address)[1] == {
        "neuronvisio": "open",
        "path": f"Sims/{NAME}",
        "file-browser-path": "Sims",
        "token": facts["token"],
    }
    with DIRECT.open(address, timeout=30) as shown:  # the token lets us in
        assert shown.status == 200
        assert urlsplit(shown.url).path == "/lab"

    said()
    address = until(lambda: lines_of(environment)[1:])[0]
    assert asked(address)[1] == {"neuronvisio": "open", "token": facts["token"]}
    assert address.split("?")[0] in said(file, "--no-browser")
    assert len(lines_of(environment)) == 2


@pytest.mark.parametrize("base", ["/", "/sub/"])
def test_the_addresses_that_a_new_server_prints_lead_to_the_viewer(
    started, environment, results, tmp_path, base
):
    process, facts = started(
        f"Sims/{NAME}", "--no-browser", "--", f"--ServerApp.base_url={base}", cwd=results
    )

    def printed():
        text = (tmp_path / "log0").read_text(encoding="utf-8")
        found = text.partition("copy and paste one of these URLs:")[2]
        return re.findall(r"http://\S+(?=\n)", found)

    addresses = until(lambda: found if len(found := printed()) >= 2 else None, process)
    assert {urlsplit(address).hostname for address in addresses} == {"localhost", "127.0.0.1"}
    for address in addresses:
        with DIRECT.open(address, timeout=30) as shown:
            path, query = asked(shown.url)
            assert b"jupyter-config-data" in shown.read()
        assert path == f"{base}lab"
        assert query == {
            "neuronvisio": "open",
            "path": f"Sims/{NAME}",
            "file-browser-path": "Sims",
            "token": facts["token"],
        }
    assert lines_of(environment) == []


def answers(facts):
    try:
        return json.loads(get(facts, "api/contents/Sims?content=0"))
    except OSError:
        return None


def test_the_browser_is_opened_on_our_viewer_and_options_reach_jupyter(
    started, environment, results, tmp_path
):
    process, facts = started(
        results / "Sims" / NAME, "--port", "0", "--", "--ServerApp.base_url=/sub/", cwd=tmp_path
    )
    assert facts["root_dir"] == str(tmp_path)
    assert facts["base_url"] == "/sub/"
    [address] = until(lambda: lines_of(environment), process)
    # Jupyter hands the browser a file of its own that leads on with the token.
    text = Path(urllib.request.url2pathname(urlsplit(address).path)).read_text(encoding="utf-8")
    leads = re.search(r'href="([^"]+)"', text)[1].replace("&amp;", "&")
    path, query = asked(leads)
    assert path == "/sub/lab"
    assert query["neuronvisio"] == "open"
    assert query["path"] == f"work/Sims/{NAME}"
    assert query["token"] == facts["token"]


def test_where_a_file_is_below_a_root(tmp_path):
    (tmp_path / "a").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "a")
    assert inside(f"{tmp_path}/a/b.h5", str(tmp_path)) == "a/b.h5"
    assert inside(f"{tmp_path}/a/b.h5", str(link)) == "b.h5"
    assert inside(f"{tmp_path}/b.h5", f"{tmp_path}/a") is None
    assert inside(f"{tmp_path}/ab/b.h5", f"{tmp_path}/a") is None
    assert inside(f"{tmp_path}/.a/b.h5", str(tmp_path)) is None
    assert inside(f"{tmp_path}/.a/b.h5", f"{tmp_path}/.a") == "b.h5"
    assert inside(f"{tmp_path}/", str(tmp_path)) == ""


def test_the_root_is_the_current_folder_or_the_files_own(tmp_path, monkeypatch):
    (tmp_path / "cwd").mkdir()
    monkeypatch.chdir(tmp_path / "cwd")
    here = str(tmp_path / "cwd")
    assert choose_root(f"{here}/Sims/a.h5") == here
    assert choose_root(f"{tmp_path}/other/a.h5") == f"{tmp_path}/other"
    assert choose_root(f"{here}/.hidden/Sims/a.h5") == f"{here}/.hidden/Sims"
    assert page(f"{here}/Sims/a b+ä&.h5", here) == (
        "lab?neuronvisio=open&path=Sims/a%20b%2B%C3%A4%26.h5&file-browser-path=Sims"
    )
    assert page(f"{here}/a.h5", here) == "lab?neuronvisio=open&path=a.h5"
    assert page(f"{here}/", here) == "lab?neuronvisio=open"


@pytest.fixture
def pretended(environment, tmp_path):
    """Servers that are in Jupyter's list, and answer as they are told; gives what they saw."""
    servers, seen = [], []

    def serve(answer, root, **more):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                seen.append((self.path, self.headers["Authorization"]))
                self.send_response(answer[0])
                self.send_header("Location", "/login")
                self.end_headers()
                self.wfile.write(answer[1])

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        servers.append((server, thread))
        port = server.server_address[1]
        facts = {
            **{"url": f"http://127.0.0.1:{port}/", "root_dir": str(root), "token": "t&o"},
            **{"port": port, "pid": os.getpid()},
            **more,
        }
        name = tmp_path / "jupyter" / "runtime" / f"jpserver-{port}.json"
        name.write_text(json.dumps(facts))
        return facts

    yield serve, seen
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


OURS = (200, b'{"name": "jupyterlab-neuronvisio"}')


@pytest.fixture
def executed(monkeypatch):
    """What would take this process's place."""
    calls = []

    class Replaced(Exception):
        pass

    def execv(program, words):
        calls.append(words)
        raise Replaced

    monkeypatch.setattr(os, "execv", execv)

    def run(*words):
        with pytest.raises(Replaced):
            main([*map(str, words)])
        return calls[-1]

    return run


def test_the_server_with_the_nearest_root_is_used(pretended, environment, results):
    serve, seen = pretended
    serve(OURS, results.parent)
    near = serve(OURS, results)
    serve(OURS, results.parent / "jupyter")
    said(f"Sims/{NAME}")
    [address] = until(lambda: lines_of(environment))
    assert address.startswith(near["url"])
    assert asked(address)[1]["token"] == "t&o"
    assert seen == [("/lab/extensions/jupyterlab-neuronvisio/package.json", "token t&o")]


@pytest.mark.parametrize(
    "answer",
    [(404, b""), (302, b""), (500, b""), (200, b"<html>"), (200, b'{"name": "other"}')],
    ids=["no extension", "login", "broken", "no json", "other"],
)
def test_a_server_that_can_not_show_results_is_left_alone(pretended, results, executed, answer):
    serve, seen = pretended
    serve(answer, results)
    words = executed(f"Sims/{NAME}")
    assert len(seen) == 1
    assert words[:3] == [sys.executable, "-m", "neuronvisio.cli.lab"]
    assert f"--ServerApp.root_dir={results}" in words


def test_a_server_that_does_not_fit_is_not_even_asked(pretended, results, executed):
    serve, seen = pretended
    serve(OURS, results.parent / "jupyter")
    serve(OURS, results, url="http+unix://socket/")
    serve(OURS, results)
    assert "--ServerApp.port=1" in executed(f"Sims/{NAME}", "--port", "1")
    words = executed(f"Sims/{NAME}", "--no-browser", "--", "--debug", "x")
    assert words[-3:] == ["--no-browser", "--debug", "x"]
    assert seen == []


def test_a_dead_server_in_the_list_costs_nothing(environment, results, executed, tmp_path):
    facts = {"url": "http://127.0.0.1:9/", "root_dir": str(results), "token": "", "port": 9}
    listed = tmp_path / "jupyter" / "runtime"
    (listed / "jpserver-1.json").write_text(json.dumps({**facts, "pid": os.getpid()}))
    (listed / "jpserver-2.json").write_text(json.dumps({"pid": os.getpid()}))
    assert f"--ServerApp.root_dir={results}" in executed(f"Sims/{NAME}")


def test_what_can_not_be_opened_is_said_in_one_sentence(
    environment, results, executed, capsys, monkeypatch
):
    shutil.copy(FIXTURES / "small.h5", results / ".hidden.h5")
    for file, wanted in (
        ("nope.h5", "There is no file"),
        (str(FIXTURES / "broken" / "text.h5"), "is not an HDF5 file"),
        (".hidden.h5", "Jupyter serves no hidden files"),
    ):
        assert main([file]) == 1
        captured = capsys.readouterr()
        assert wanted in captured.err
        assert captured.err.count("\n") == 1
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert main([f"Sims/{NAME}"]) == 1
    assert "pip install 'jupyterlab-neuronvisio[lab]'" in capsys.readouterr().err
