"""The command `neuronvisio`: open result files in JupyterLab, list, export and join them.

Nothing here imports JupyterLab or NEURON; h5py comes with the sub-command that reads.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from neuronvisio import __version__
from neuronvisio.cli.errors import CommandError
from neuronvisio.cli.text import shown

_OPEN_HELP = """\
Open a NEURON result file in JupyterLab; without a file, choose one there.

  neuronvisio info FILE                     list what is in a file
  neuronvisio export FILE --csv OUT NAME    write variables as columns of text
  neuronvisio sweep MASTER RUN...           join the files of many runs by one

A file that is called "info", "export" or "sweep" is opened as ./info and so on."""

_EXPORT_HELP = """\
Write variables and their x as columns of comma-separated values.

The word after --csv is the file to write if it is "-" (standard output, as
without it) or ends in .csv; any other file is named by --csv=OUT."""

_SWEEP_HELP = """\
Make one small file that joins the result files of many runs.

The runs have to lie in the folder of MASTER or below; they are not changed.
Each is named by its file, and has the parameters that were saved in it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        argv: the words after the command's name, None for those it was started with.

    Returns:
        0 if all went well, 1 if a file or a name in it is not to be had, 2 for wrong usage,
        130 after Ctrl-C.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A name of the file must not end the listing on a terminal without its letters.
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run(words)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Who reads us has seen enough, as `head` does. Python would flush once more at exit.
        _discard_output()
        return 0
    except CommandError as error:
        return _fail(str(error))
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _fail(f"{where}{error.strerror or error}.")
    except SystemExit as stop:  # argparse has said what is wrong
        return stop.code if isinstance(stop.code, int) else 0


def _run(words: list[str]) -> int:
    if words[:1] == ["info"]:
        return _info(words[1:])
    if words[:1] == ["export"]:
        return _export(words[1:])
    if words[:1] == ["sweep"]:
        return _sweep(words[1:])
    return _open(words)


def _fail(message: str) -> int:
    print(f"neuronvisio: {shown(message)}", file=sys.stderr)
    return 1


def _discard_output() -> None:
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
    except OSError:  # standard output is no file; there is nothing to keep quiet
        return


class _Parser(argparse.ArgumentParser):
    """Says what is wrong without control characters that came with the words."""

    def error(self, message: str) -> NoReturn:
        super().error(shown(message))


def _parser(name: str, description: str) -> argparse.ArgumentParser:
    parser = _Parser(
        prog=name,
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"neuronvisio {__version__}")
    return parser


def _info(words: list[str]) -> int:
    parser = _parser("neuronvisio info", "List the groups, sections and variables of a file.")
    parser.add_argument("file", metavar="FILE", help="the result file")
    parser.add_argument(
        "--no-ranges", action="store_true", help="don't read values for least and greatest"
    )
    args = parser.parse_args(words)
    from neuronvisio.cli.info import info

    info(args.file, ranges=not args.no_ranges)
    return 0


def _export(words: list[str]) -> int:
    parser = _parser("neuronvisio export", _EXPORT_HELP)
    parser.add_argument("file", metavar="FILE", help="the result file")
    parser.add_argument("--csv", metavar="OUT", required=True, help="write CSV, to this file")
    parser.add_argument("--force", action="store_true", help="replace OUT if it exists")
    parser.add_argument(
        "names", metavar="NAME", nargs="*", help="group/section/variable, e.g. VecRef/soma/v"
    )
    args = parser.parse_intermixed_args(_with_output(words))
    if not args.names:
        parser.error(
            f"name the variables to write, e.g. VecRef/soma/v; "
            f"'neuronvisio info {args.file}' lists them"
        )
    from neuronvisio.cli.export import export

    export(args.file, args.names, None if args.csv == "-" else args.csv, force=args.force)
    return 0


def _with_output(words: list[str]) -> list[str]:
    """Join `--csv` and the file after it, which may be left out."""
    if "--csv" not in words:
        return words
    at = words.index("--csv")
    following = words[at + 1 : at + 2]
    named = bool(following) and (following[0] == "-" or following[0].lower().endswith(".csv"))
    out = following[0] if named else "-"
    return [*words[:at], f"--csv={out}", *words[at + 1 + named :]]


def _sweep(words: list[str]) -> int:
    parser = _parser("neuronvisio sweep", _SWEEP_HELP)
    parser.add_argument("master", metavar="MASTER", help="the file to make or to replace")
    parser.add_argument("runs", metavar="RUN", nargs="+", help="the result file of a run")
    parser.add_argument(
        "--leave-out", action="store_true", help="leave out what can't be joined, and say so"
    )
    args = parser.parse_intermixed_args(words)
    from neuronvisio.cli.sweep import sweep

    sweep(args.master, args.runs, leave_out=args.leave_out)
    return 0


def _open(words: list[str]) -> int:
    parser = _parser("neuronvisio", _OPEN_HELP)
    parser.usage = "neuronvisio [FILE] [--no-browser] [--port PORT] [-- OPTION...]"
    parser.add_argument("file", metavar="FILE", nargs="?", help="the result file")
    parser.add_argument("--no-browser", action="store_true", help="only say the address")
    parser.add_argument("--port", type=_port, help="the port of the Jupyter server")
    parser.add_argument_group("after --").add_argument(
        "rest", metavar="OPTION", nargs="*", help="given to `jupyter lab` as it is"
    )
    at = words.index("--") if "--" in words else len(words)
    own, rest = words[:at], words[at + 1 :]
    args = parser.parse_intermixed_args(own)
    if args.rest:
        parser.error("only one file can be opened; options of `jupyter lab` come after --")
    from neuronvisio.cli.open import Start, open_lab

    return open_lab(Start(args.file, not args.no_browser, args.port, tuple(rest)))


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 <= int(text[:6]) < 65536:
        raise argparse.ArgumentTypeError(f"{text} is not a port from 0 to 65535")
    return int(text)
