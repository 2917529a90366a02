{#-
    Rows of a unit test, with the columns and types that the contract of the table declares, so that no table has to
    be there: neither of the lake nor of a model that is not built yet. Takes the place of dbt's macro of that name.
-#}
{% macro get_fixture_sql(rows, column_name_to_data_types) -%}
    {%- set columns = declared_node(this).columns -%}
    {%- set types = {} -%}
    {%- for column in columns -%}
        {%- do types.update({column.name | lower: warehouse_type(column.data_type) | trim}) -%}
    {%- endfor -%}
    {%- for row in rows or [{}] -%}
        {%- set values = format_row(row, types) %}
        select
        {%- for column in columns %}
            {{ values.get(column.name | lower, safe_cast('null', types[column.name | lower])) | trim }} as {{ adapter.quote(column.name | upper) }}{{ ',' if not loop.last }}
        {%- endfor %}
        {{ 'where false' if not rows }}
        {{ 'union all' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{#- What the target calls a type that a contract names as Snowflake does. -#}
{% macro warehouse_type(data_type) -%}
    {{ adapter.dispatch('warehouse_type')(data_type) }}
{%- endmacro %}

{% macro duckdb__warehouse_type(data_type) -%}
    {{ duckdb_type(data_type) }}
{%- endmacro %}

{% macro default__warehouse_type(data_type) -%}
    {{ data_type }}
{%- endmacro %}
