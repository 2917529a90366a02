{#- By way of text, as on DuckDB: what does not fit its type is null instead of an error. -#}
{% macro snowflake__typed_payload(columns) -%}
    {%- for column in columns %}
    {%- set value = column.source ~ ':"' ~ column.path | join('"."') ~ '"' -%}
    {%- if column.type in ('VARIANT', 'ARRAY', 'OBJECT') %}
        {{ value }} as {{ column.name }}
    {%- elif column.type == 'VARCHAR' %}
        {{ value }}::varchar as {{ column.name }}
    {%- else %}
        try_cast({{ value }}::varchar as {{ column.type | lower }}) as {{ column.name }}
    {%- endif -%}
    {{ ',' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
