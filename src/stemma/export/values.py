"""What the formats know of the tables' values."""

import pyarrow as pa

#: Columns that hold JSON as text.
_JSON = ("extra", "declared", "skipped")


def json_columns(schema: pa.Schema) -> list[str]:
    """Return the names of the columns that hold JSON."""
    return [name for name in _JSON if name in schema.names]
