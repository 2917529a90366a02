{#- The contracts name Snowflake's types; those that DuckDB calls otherwise. -#}
{% macro duckdb_type(data_type) -%}
    {%- set type = data_type | upper -%}
    {%- if type in ('VARIANT', 'ARRAY', 'OBJECT') -%} JSON
    {%- elif type == 'TIMESTAMP_TZ' -%} TIMESTAMPTZ
    {%- elif type.startswith('NUMBER') -%} {{ type | replace('NUMBER', 'DECIMAL') }}
    {%- else -%} {{ type }}
    {%- endif -%}
{%- endmacro %}
