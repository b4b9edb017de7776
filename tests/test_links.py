"""Which links are followed: the same names as in src/refs/__tests__/filename.spec.ts."""

import ast
import re

import pytest
from helpers import ROOT

from neuronvisio.links import is_linked_file_name, is_path_below

SPEC = (ROOT / "src" / "refs" / "__tests__" / "filename.spec.ts").read_text()


def names_of(title):
    """The names that a test of the viewer is given."""
    _, _, tests = SPEC.partition("describe('isLinkedFileName()'")
    found = re.search(r"it\.each\(\[([^]]*)\]\)\('" + title, tests)
    return ast.literal_eval(f"[{found[1]}]")


@pytest.mark.parametrize("name", names_of("follows"))
def test_these_are_followed(name):
    assert is_linked_file_name(name)
    assert is_path_below(name)


@pytest.mark.parametrize("name", names_of("does not follow"))
def test_these_are_not(name):
    assert not is_linked_file_name(name)


def test_a_name_that_is_no_utf8_is_not_followed():
    assert not is_linked_file_name(b"caf\xe9.h5".decode("utf-8", "surrogateescape"))
