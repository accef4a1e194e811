"""What a table of a case is made of: columns that say what they mean."""

from dataclasses import dataclass

import pyarrow as pa


@dataclass(frozen=True)
class Column:
    """One column: its Arrow type, meaning, an example, and what a null means ('' where nulls can't be)."""

    name: str
    type: pa.DataType
    doc: str
    example: str = ""
    null: str = ""

    def field(self) -> pa.Field:
        """Return the Arrow field, with the documentation in its metadata."""
        notes = {"doc": self.doc, "example": self.example, "null": self.null}
        return pa.field(self.name, self.type, nullable=bool(self.null), metadata={k: v for k, v in notes.items() if v})


@dataclass(frozen=True)
class Table:
    """One table: its name, what a row is, and its columns."""

    name: str
    row: str
    columns: tuple[Column, ...]

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema, documentation included."""
        return pa.schema([c.field() for c in self.columns], metadata={"row": self.row})

    def empty(self) -> pa.Table:
        """Return a table of no rows."""
        return self.schema.empty_table()
