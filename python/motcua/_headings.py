"""How lists call their columns, without regard to case, marks and what stands between words."""

from __future__ import annotations

import functools
from typing import Iterable

from .text import search_key

#: Of each column of a catalogue the usual headings, as search keys, the more telling first.
_CATALOGUE = {
    "code": (
        "code",
        "ma",
        "maso",
        "madvhc",
        "madonvi",
        "madonvihanhchinh",
        "maxa",
        "maxaphuong",
        "maphuongxa",
        "wardcode",
    ),
    "name": (
        "name",
        "ten",
        "tengoi",
        "tendvhc",
        "tendonvi",
        "tendonvihanhchinh",
        "tenxa",
        "tenxaphuong",
        "tenphuongxa",
        "wardname",
        "fullname",
    ),
    "parent": (
        "parent",
        "captren",
        "donvicaptren",
        "parentcode",
        "tructhuoc",
        "matinh",
        "tentinh",
        "thuoctinh",
        "tinh",
        "tinhthanhpho",
        "tentinhthanhpho",
        "province",
        "provincecode",
    ),
}
# "Trực thuộc tỉnh, thành phố": whatever follows says of which level the parent is.
_BELONGS_TO = "tructhuoc"

_ADDRESS = frozenset(
    (
        "address",
        "addr",
        "fulladdress",
        "diachi",
        "diachithuongtru",
        "diachilienhe",
        "noio",
        "noiohiennay",
        "noicutru",
        "noithuongtru",
        "hokhauthuongtru",
    )
)


def catalogue_columns(headings: Iterable[str]) -> dict[str, str]:
    """The heading of each of code, name and parent, where there is one."""
    headings = list(headings)
    found = {}
    for heading in headings:
        found.setdefault(_key(heading), heading)
    columns = {}
    for column, keys in _CATALOGUE.items():
        known = column if column in headings else next((found[key] for key in keys if key in found), None)
        if known is not None:
            columns[column] = known
    return columns


def is_address(heading: str) -> bool:
    """Whether a column with this heading usually holds addresses."""
    return _key(heading) in _ADDRESS


@functools.lru_cache(maxsize=1024)
def _key(heading: str) -> str:
    # Longer text is no heading, and longer than what is folded at a time.
    key = search_key(heading) if len(heading) < 256 else ""
    return _BELONGS_TO if key.startswith(_BELONGS_TO) else key
