"""The tables of a results folder as data frames. Not here: how they come about."""

from __future__ import annotations

import json
import os
import pathlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas

# Types of Frictionless tables as those of pandas; what is missing is missing in each.
_TYPES = {"integer": "Int64", "number": "Float64", "boolean": "boolean"}


class Results(Mapping):
    """The tables of a run by their names without ``.csv``, each read when it is asked for.

    ``results["prevalence"]`` is a pandas.DataFrame with the types that datapackage.json gives its columns, and
    ``results["figures/prevalence"]`` what the figure of that name shows.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = pathlib.Path(folder)
        package = self.folder / "datapackage.json"
        if not package.is_file():
            raise FileNotFoundError(f"{self.folder}: no results there (no datapackage.json); run the study first")
        resources = json.loads(package.read_text(encoding="utf-8"))["resources"]
        # A table may stand beside its CSV in other formats, with the same cells.
        self._resources = {resource["name"]: resource for resource in resources if resource["format"] == "csv"}

    def __getitem__(self, name: str) -> pandas.DataFrame:
        import pandas

        resource = self._resources[name]
        kinds = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        days = [column for column, kind in kinds.items() if kind == "date"]
        types = {column: _TYPES.get(kind, "string") for column, kind in kinds.items() if kind != "date"}
        # An outlet may be called NA: only an empty cell is missing.
        path = self.folder / resource["path"]
        return pandas.read_csv(path, dtype=types, parse_dates=days, keep_default_na=False, na_values=[""])

    def meanings(self, name: str) -> dict[str, str]:
        """What each column of a table means, in its order."""
        return {field["name"]: field["description"] for field in self._resources[name]["schema"]["fields"]}

    def __iter__(self) -> Iterator[str]:
        return iter(self._resources)

    def __len__(self) -> int:
        return len(self._resources)

    def __repr__(self) -> str:
        return f"Results({str(self.folder)!r}: {', '.join(self)})"


def read(folder: str | os.PathLike[str]) -> Results:
    """The tables of a results folder, such as ``read("results")["comparisons"]``."""
    return Results(folder)
