"""The facts that answers come from: the built-in ones, or newer ones from a file."""

from __future__ import annotations

import os

from . import _core
from ._civil import given_path
from .errors import WrongType


class Dataset:
    """An immutable set of facts: units, holidays, the national machine.

    A program that must not wait for a new release of motcua reads newer facts from a
    file and passes them to :meth:`Registry.national`, :meth:`WorkingCalendar.national`,
    :meth:`Machine.national` and :func:`holidays`. ``motcua dataset compile DIR FILE``
    makes such a file from a folder of TSVs in the form of ``core/data``.

    Two datasets are equal if their versions are.

    >>> facts = Dataset.builtin()
    >>> facts.version == dataset_version()
    True
    >>> Registry.national(facts).unit("24829", "2025-07-01").name
    "B'Lao"
    """

    __slots__ = ("_core",)

    def __init__(self, core: _core.Dataset):
        self._core = core

    @classmethod
    def builtin(cls) -> Dataset:
        """The facts compiled into the library."""
        return cls(_core.Dataset.builtin())

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Dataset:
        """The facts of an image file.

        Every byte is checked: structure, digest, and every row of every table. Raises
        MalformedData for a file that is truncated, damaged, of another format or not an
        image, naming the file; OSError if it cannot be read.
        """
        from .errors import MalformedData

        path = given_path(path, "path")
        with open(path, "rb") as file:
            image = file.read()
        try:
            return cls.parse(image)
        except MalformedData as error:
            raise MalformedData(f"{path}: {error}", status=error.status, reason=error.reason) from None

    @classmethod
    def parse(cls, image: bytes) -> Dataset:
        """The facts of an image in memory; as strict as :meth:`read`."""
        if not isinstance(image, (bytes, bytearray, memoryview)):
            raise WrongType(f"image: expected bytes, found {type(image).__name__}")
        return cls(_core.Dataset.parse(bytes(image)))

    @property
    def version(self) -> str:
        """The last day the sources cover and a digest, ``"2026.10.01+5b0c1f2e90a7"``."""
        return self._core.version()

    def to_bytes(self) -> bytes:
        """The image, as :meth:`parse` takes it."""
        return self._core.image()

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the image to a file that :meth:`read` reads."""
        with open(given_path(path, "path"), "wb") as file:
            file.write(self.to_bytes())

    def __eq__(self, other: object) -> bool:
        return self.version == other.version if isinstance(other, Dataset) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.version)

    def __repr__(self) -> str:
        return f"Dataset({self.version})"


def core_dataset(dataset: Dataset | None) -> _core.Dataset | None:
    """What the extension takes; TypeError for anything but a Dataset or None."""
    if dataset is None or isinstance(dataset, _core.Dataset):
        return dataset
    if isinstance(dataset, Dataset):
        return dataset._core
    raise WrongType(f"dataset: expected a motcua.Dataset or None, found {type(dataset).__name__}")
