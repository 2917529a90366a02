{#- An empty table with everything that protects it, before the first row can be put into it. -#}
{% macro create_governed_table(target, das, with_required=true) -%}
create table if not exists {{ target }} (
    {{- governed_columns(with_required) }}
)
    DATA_RETENTION_TIME_IN_DAYS = {{ var('time_travel_days') }}
    CHANGE_TRACKING = TRUE
    COMMENT = {{ sql_text(summary()) }}
    {{- table_governance(das) }}
{%- endmacro %}

{#- A column that the contract has gained comes with its policy and its tags; it is null in what is there. -#}
{% macro add_governed_columns(target) -%}
    {%- set found = adapter.get_columns_in_relation(target) | map(attribute='name') | map('upper') | list -%}
    {%- for column in contract_columns() if column.name | upper not in found %}
        {% call statement('add_column') -%}
            alter table {{ target }} add column {{ governed_column(column, with_required=false) }}
        {%- endcall %}
    {%- endfor %}
{%- endmacro %}
