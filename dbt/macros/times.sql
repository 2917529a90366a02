{#- Whole milliseconds, each of the two rounded down before. -#}
{% macro milliseconds_between(start, stop) -%}
    {{ adapter.dispatch('milliseconds_between')(start, stop) }}
{%- endmacro %}

{% macro duckdb__milliseconds_between(start, stop) -%}
    date_diff('millisecond', {{ start }}, {{ stop }})
{%- endmacro %}

{#- The calendar day in UTC. -#}
{% macro utc_date(timestamp) -%}
    {{ adapter.dispatch('utc_date')(timestamp) }}
{%- endmacro %}

{% macro duckdb__utc_date(timestamp) -%}
    cast(({{ timestamp }}) at time zone 'UTC' as date)
{%- endmacro %}
