{% macro array_length(column) -%}
    {{ adapter.dispatch('array_length')(column) }}
{%- endmacro %}

{% macro duckdb__array_length(column) -%}
    json_array_length({{ column }})
{%- endmacro %}

{% macro snowflake__array_length(column) -%}
    array_size({{ column }})
{%- endmacro %}
