{#- What DuckDB says otherwise. -#}
{% macro snowflake__array_length(column) -%}
    cast(array_size({{ column }}) as number(38, 0))
{%- endmacro %}

{% macro snowflake__array_elements(column, alias) -%}
    , lateral flatten(input => {{ column }}) as {{ alias }}
{%- endmacro %}

{% macro snowflake__element_number(alias) -%}
    {{ alias }}.index + 1
{%- endmacro %}

{% macro snowflake__sortable_time(column) -%}
    to_char(convert_timezone('UTC', {{ column }}), 'YYYY-MM-DD"T"HH24:MI:SS.FF6')
{%- endmacro %}

{% macro snowflake__milliseconds_between(start, stop) -%}
    datediff('millisecond', {{ start }}, {{ stop }})
{%- endmacro %}

{% macro snowflake__utc_date(timestamp) -%}
    cast(convert_timezone('UTC', {{ timestamp }}) as date)
{%- endmacro %}
