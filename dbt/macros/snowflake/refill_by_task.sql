{#-
    In place of a dynamic table: a table with the same policies, whose rows a scheduled task replaces in one statement, and
    so for every reader at once. Frozen rows are taken over from the table itself.
-#}
{% macro refill_by_task(target, das, existing, found) -%}
    {%- set left_over = has_left_over(target) -%}
    {%- set keeps_rows = das.get('frozen') and found -%}
    {%- if found %}
        {%- if keeps_rows %} {% do keep_frozen_rows(target, das, existing) %} {%- endif %}
        {% call statement('drop_dynamic') -%}
drop dynamic table {{ target }}
        {%- endcall %}
    {%- endif %}
    {% call statement('create') -%}
        {{ create_governed_table(target, das) }}
    {%- endcall %}
    {%- if existing is not none and not found %} {% do keep_governed(target, das) %} {%- endif %}
    {%- if keeps_rows or left_over %}
        {%- if das.get('frozen') %} {% do take_frozen_rows(target, das) %} {%- endif %}
        {% do drop_frozen_copy(target) %}
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
        {{ with_kept_rows(target, das, names) }}
    {%- else %}
{{ in_contract_order(sql) }}
    {%- endif %}
{%- endmacro %}

{#-
    What is computed and not frozen; the frozen rows that are there, unless their key came to life again, such as an order
    that is refunded after 13 months; and what is computed as frozen already, where no frozen row of its key is there.
-#}
{% macro with_kept_rows(target, das, names) %}
with

computed as (
{{ in_contract_order(sql) }}
),

living as (
    select {{ names }} from computed
    where not coalesce({{ is_frozen(das.frozen) }}, false)
),

aged as (
    select {{ names }} from computed
    where {{ is_frozen(das.frozen) }}
),

kept as (
    select {{ names }} from {{ target }}
    where {{ is_frozen(das.frozen) }}
)

select {{ names }} from living
union all
select {{ names }} from kept
where {{ has_no_row_among('living', 'kept', das) }}
union all
select {{ names }} from aged
where {{ has_no_row_among('kept', 'aged', das) }}
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
