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

{#- One value of the first element of an array: `path` is a list of keys. Null where the array is empty. -#}
{% macro first_element_value(column, path, type) -%}
    {{ adapter.dispatch('first_element_value')(column, path, type) }}
{%- endmacro %}

{% macro duckdb__first_element_value(column, path, type) -%}
    {{ duckdb__json_value('json_extract(' ~ column ~ ", '$[0]')", path, type) }}
{%- endmacro %}
