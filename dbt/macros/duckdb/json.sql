{#- All texts of a document in one call: five times as fast as one call each. -#}
{% macro duckdb__typed_payload(columns) -%}
    {%- for column in columns %}
    {%- set texts = columns | selectattr('source', 'equalto', column.source) | rejectattr('type', 'equalto', 'VARIANT') | list -%}
    {%- if column.type == 'VARIANT' %}
        json_extract({{ column.source }}, '{{ duckdb_json_path(column.path) }}') as {{ column.name }}
    {%- else %}
        {{ duckdb_typed('json_extract_string(' ~ column.source ~ ', ' ~ duckdb_json_paths(texts) ~ ')[' ~ (texts.index(column) + 1) ~ ']', column.type) }} as {{ column.name }}
    {%- endif -%}
    {{ ',' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{% macro duckdb_typed(text, type) -%}
    {%- if type == 'VARCHAR' -%} {{ text }}
    {%- else -%} try_cast({{ text }} as {{ duckdb_type(type) }})
    {%- endif -%}
{%- endmacro %}

{% macro duckdb_json_path(path) -%}
    $.{{ path | join('.') }}
{%- endmacro %}

{% macro duckdb_json_paths(columns) -%}
    [
    {%- for column in columns -%}
        '{{ duckdb_json_path(column.path) }}'{{ ', ' if not loop.last }}
    {%- endfor -%}
    ]
{%- endmacro %}
