"""Find a Jupyter server that runs already and can show a file."""

from __future__ import annotations

import http.client
import json
import os
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from neuronvisio.cli.open import inside

_EXTENSION = "jupyterlab-neuronvisio"
_SECONDS = 3
_MOST_BYTES = 1 << 20


class _NoRedirect(HTTPRedirectHandler):
    """A server that wants a password sends us to its login page."""

    def redirect_request(self, *args: Any) -> None:
        return None


@dataclass(frozen=True)
class Server:
    """A running Jupyter server.

    Attributes:
        url: its address, with a slash at the end.
        root: the folder that it shows.
        token: its token, `''` if it has none.
        port: its port.
    """

    url: str
    root: str
    token: str
    port: int

    def address(self, page: str) -> str:
        """Give the address of a page.

        Args:
            page: the address below the server's, with a query.

        Returns:
            The whole address, with the token as Jupyter's own.
        """
        return f"{self.url}{page}&token={quote(self.token)}" if self.token else self.url + page

    def shows_results(self) -> bool:
        """Tell whether the server answers and has JupyterLab with our viewer.

        Returns:
            False too where that needs a password, which we don't have.
        """
        request = Request(f"{self.url}lab/extensions/{_EXTENSION}/package.json")
        if self.token:
            request.add_header("Authorization", f"token {self.token}")
        # It runs on this machine: a proxy must not see the token.
        opener = build_opener(ProxyHandler({}), _NoRedirect())
        try:
            with opener.open(request, timeout=_SECONDS) as answer:
                facts = json.loads(answer.read(_MOST_BYTES))
        except (HTTPError, URLError, OSError, ValueError, http.client.HTTPException):
            return False
        return isinstance(facts, dict) and facts.get("name") == _EXTENSION


def find_server(target: str, port: int | None) -> Server | None:
    """Find a running server whose folder holds a file.

    Args:
        target: path of the file, or of a folder with a separator at the end.
        port: the port that it must have, None for any.

    Returns:
        The server with the nearest folder, None if none fits and answers.
    """
    from jupyter_server.serverapp import list_running_servers

    servers = [server for info in list_running_servers() if (server := _server(info))]
    fitting = [
        server
        for server in servers
        if inside(target, server.root) is not None and port in (None, server.port)
    ]
    fitting.sort(key=lambda server: len(os.path.realpath(server.root)), reverse=True)
    return next((server for server in fitting if server.shows_results()), None)


def _server(info: dict[str, Any]) -> Server | None:
    try:
        url, root, token, port = info["url"], info["root_dir"], info["token"], info["port"]
    except (KeyError, TypeError):
        return None
    texts = isinstance(url, str) and isinstance(root, str) and isinstance(token, str)
    if not texts or not url.startswith(("http://", "https://")):
        return None  # one on a Unix socket, which no browser reaches
    return Server(url.rstrip("/") + "/", root, token, int(port))
