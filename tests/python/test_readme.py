"""The code in the READMEs is the code in examples/, which is built and run."""

import pathlib
import re
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parents[2]
BLOCK = re.compile(r"\(examples/(?P<path>(?:c|cpp|python)/[^)]+)\).*?\n```\w+\n(?P<code>.*?)```", re.S)


@pytest.mark.parametrize("readme", ["README.md", "README.vi.md"])
def test_every_example_of_a_readme_is_the_file_it_names(readme):
    blocks = list(BLOCK.finditer((ROOT / readme).read_text()))
    assert sorted(match["path"] for match in blocks) == ["c/deadline.c", "cpp/deadline.cc", "python/deadline.py"]
    for match in blocks:
        assert match["code"] == (ROOT / "examples" / match["path"]).read_text(), match["path"]


@pytest.mark.parametrize("readme", ["README.md", "README.vi.md", "CONTRIBUTING.md", "docs/architecture.md"])
def test_every_link_of_a_page_leads_somewhere(readme):
    page = ROOT / readme
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_the_python_example_runs():
    run = subprocess.run(
        [sys.executable, ROOT / "examples/python/deadline.py"], capture_output=True, text=True, check=True
    )
    # Three working days after 29 April 2025: 30/4 and 1/5 are holidays, 2/5 was swapped with 26/4.
    assert run.stdout.startswith("due 2025-05-07 17:30:00\n")
