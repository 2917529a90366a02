{% macro array_length(column) -%}
    {{ adapter.dispatch('array_length')(column) }}
{%- endmacro %}

{% macro duckdb__array_length(column) -%}
    json_array_length({{ column }})
{%- endmacro %}

{#- After a FROM: one row per element of an array, as `<alias>.value`. -#}
{% macro array_elements(column, alias) -%}
    {{ adapter.dispatch('array_elements')(column, alias) }}
{%- endmacro %}

{% macro duckdb__array_elements(column, alias) -%}
    , unnest(cast({{ column }} as json[])) with ordinality as {{ alias }}(value, position)
{%- endmacro %}

{#- Where the element stands in its array, from 1. -#}
{% macro element_number(alias) -%}
    {{ adapter.dispatch('element_number')(alias) }}
{%- endmacro %}

{% macro duckdb__element_number(alias) -%}
    {{ alias }}.position
{%- endmacro %}
