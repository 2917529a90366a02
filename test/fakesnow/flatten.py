"""FLATTEN with the INDEX that an element has in its array.

fakesnow 0.12.1 numbers the rows of all arrays of a query as DuckDB happens to bring them, so that INDEX is right for a
single array alone. Here it comes from the array.
"""
from string import Template

from fakesnow import macros

macros.FS_FLATTEN = Template(
    """
CREATE OR REPLACE MACRO ${catalog}._fs_flatten(input) AS TABLE
    SELECT
        hash(TO_JSON(input))::UBIGINT AS SEQ,
        e.k AS KEY,
        COALESCE(e.k, '[' || e.i || ']') AS PATH,
        e.i AS INDEX,
        e.v AS VALUE,
        TO_JSON(input) AS THIS
    FROM (
        SELECT UNNEST(
            CASE WHEN json_type(TO_JSON(input)) = 'OBJECT'
                 THEN list_transform(
                    json_keys(TO_JSON(input)),
                    lambda x: struct_pack(k := x, i := NULL::BIGINT, v := CAST(TO_JSON(input) -> x AS JSON))
                 )
                 ELSE list_transform(
                    CAST(TO_JSON(input) AS JSON[]),
                    lambda x, n: struct_pack(k := NULL::VARCHAR, i := (n - 1)::BIGINT, v := x)
                 )
            END, recursive := true
        )
    ) AS e(k, i, v)
    """
)
