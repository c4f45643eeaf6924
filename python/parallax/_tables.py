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

    ``results["prevalence"]`` is a pandas.DataFrame with the types that datapackage.json gives its columns; dates stay texts.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = pathlib.Path(folder)
        package = self.folder / "datapackage.json"
        if not package.is_file():
            raise FileNotFoundError(f"{self.folder}: no results there (no datapackage.json); run the study first")
        resources = json.loads(package.read_text(encoding="utf-8"))["resources"]
        self._fields = {
            pathlib.PurePath(resource["path"]).stem: resource.get("schema", {}).get("fields", [])
            for resource in resources
            if str(resource["path"]).endswith(".csv")
        }

    def __getitem__(self, name: str) -> pandas.DataFrame:
        import pandas

        fields = self._fields[name]
        types = {field["name"]: _TYPES.get(field.get("type"), "string") for field in fields}
        # An outlet may be called NA: only an empty cell is missing.
        return pandas.read_csv(self.folder / f"{name}.csv", dtype=types, keep_default_na=False, na_values=[""])

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __repr__(self) -> str:
        return f"Results({str(self.folder)!r}: {', '.join(self)})"


def read(folder: str | os.PathLike[str]) -> Results:
    """The tables of a results folder, such as ``read("results")["comparisons"]``."""
    return Results(folder)
