import re

import pytest

import motcua
from motcua import _core, errors


def test_versions_name_the_library_the_abi_and_the_facts():
    assert re.fullmatch(r"\d+\.\d+\.\d+", motcua.__version__)
    assert motcua.abi_version() == 1
    assert re.fullmatch(r"2026\.10\.01\+[0-9a-f]{12}", motcua.dataset_version())


def test_every_reason_of_the_c_interface_has_its_exception():
    assert sorted(errors._BY_REASON) == list(range(1, _core.REASON_COUNT))
    assert all(issubclass(cls, motcua.Error) for cls in errors._BY_REASON.values())


def test_a_damaged_dataset_image_is_refused():
    with pytest.raises(motcua.MalformedData, match="dataset image"):
        _core.Dataset.parse(b"not an image")
