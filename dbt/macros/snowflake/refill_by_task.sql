{#-
    In place of a dynamic table: a table with the same policies, whose rows a scheduled task replaces in one statement, and
    so for every reader at once. Frozen rows are taken over from the table itself.
-#}
{% macro refill_by_task(target, das, existing, found) -%}
    {%- set takes_rows = das.get('frozen') and (found or (existing is none and has_left_over(target))) -%}
    {%- if found %}
        {%- if das.get('frozen') %} {% do keep_frozen_rows(target, das, existing) %} {%- endif %}
        {% call statement('drop_dynamic') -%}
drop dynamic table {{ target }}
        {%- endcall %}
    {%- endif %}
    {% call statement('create') -%}
        {{ create_governed_table(target, das) }}
    {%- endcall %}
    {%- if takes_rows %}
        {% call statement('take_kept') -%}
insert into {{ target }} ({{ contract_column_names() | join(", ") }})
select {{ contract_column_names() | join(", ") }} from {{ frozen_rows_of(target) }}
        {%- endcall %}
        {% call statement('drop_kept') -%}
drop table {{ frozen_rows_of(target) }}
        {%- endcall %}
    {%- elif existing is not none and not found %}
        {% do keep_governed(target, das) %}
    {%- endif %}
    {% do deploy_task(das, serverless() ~ scheduled_every(das.targetLagSeconds), '', refill_statement(target, das)) %}
{%- endmacro %}

{% macro scheduled_every(seconds) %}
    SCHEDULE = '{{ seconds }} SECONDS'
{%- endmacro %}

{% macro refill_statement(target, das) -%}
    {%- set names = contract_column_names() | join(', ') -%}
insert overwrite into {{ target }} ({{ names }})
    {%- if das.get('frozen') %}
select {{ names }} from (
{{ in_contract_order(sql) }}
)
where not coalesce({{ is_frozen(das.frozen) }}, false)
union all
select {{ names }} from {{ target }}
where {{ is_frozen(das.frozen) }}
    {%- else %}
{{ in_contract_order(sql) }}
    {%- endif %}
{%- endmacro %}

{#- From a table with a task to a dynamic table: neither takes the other's name while it stands. -#}
{% macro drop_task_and_table(target) -%}
    {% call statement('drop_task') -%}
drop task if exists {{ task_of() }}
    {%- endcall %}
    {% call statement('drop_table') -%}
drop table if exists {{ target }}
    {%- endcall %}
{%- endmacro %}
