"""Run JupyterLab so that the address which it prints works: ``python -m neuronvisio.cli.lab``."""

from __future__ import annotations

from typing import Any
from urllib.parse import ParseResult

from jupyter_server.serverapp import ServerApp
from jupyterlab.labapp import LabApp


class Server(ServerApp):
    """A Jupyter server whose first page may have a query.

    Jupyter puts its token behind the first page's address as ``?token=...``, also where that
    has a query already: a second ``?`` is no beginning, and the token is not found.
    """

    def _get_urlparts(self, *args: Any, **options: Any) -> ParseResult:
        parts = super()._get_urlparts(*args, **options)
        path, _, query = parts.path.partition("?")
        return parts._replace(path=path, query="&".join(filter(None, (query, parts.query))))


def main() -> None:
    """Run JupyterLab, with the options of ``jupyter lab``."""
    # A class of our own below LabApp would no longer be the extension of that name.
    LabApp.serverapp_class = Server
    LabApp.launch_instance()


if __name__ == "__main__":
    main()
