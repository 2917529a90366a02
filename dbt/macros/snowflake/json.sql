{#- Snowflake parses a document once for all paths that are taken out of it. -#}
{% macro snowflake__parsed_payload(columns) -%}
    payload
{%- endmacro %}

{% macro snowflake__typed_payload(columns) -%}
    {%- for column in columns %}
        {{ snowflake__json_value('parsed' if column.source == 'payload' else column.source, column.path, column.type) }} as {{ column.name }}
    {{- ',' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{#- By way of text, as on DuckDB: what does not fit its type is null instead of an error, which would show the value. -#}
{% macro snowflake__json_value(column, path, type) -%}
    {%- set value = column ~ snowflake_json_path(path) -%}
    {%- if type | upper in ('VARIANT', 'ARRAY', 'OBJECT') -%}
        strip_null_value({{ value }})
    {%- elif type | upper == 'VARCHAR' -%}
        {{ value }}::varchar
    {%- else -%}
        try_cast({{ value }}::varchar as {{ type | lower }})
    {%- endif -%}
{%- endmacro %}

{#- Keys are quoted: they are compared as they are written, and a dot in one is part of its name. -#}
{% macro snowflake_json_path(path) -%}
    {%- set keys = [] -%}
    {%- for key in path -%} {%- do keys.append('"' ~ key | replace('"', '""') ~ '"') -%} {%- endfor -%}
    :{{ keys | join('.') }}
{%- endmacro %}

{% macro snowflake__first_element_value(column, path, type) -%}
    {{ snowflake__json_value(column ~ '[0]', path, type) }}
{%- endmacro %}
