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

{#-
    A table that is there already: a column that it lacks, and what protects the columns, unless its task says that this is
    as the contract has it. Where there is no task, nothing says so: a deployment ended before it, or somebody dropped it.
-#}
{% macro keep_governed(target, das) -%}
    {%- do add_governed_columns(target) -%}
    {%- set task = find_shown('tasks', task_of()) -%}
    {%- if not task or governance_fingerprint(das) not in task['comment'] -%}
        {%- do protect_columns_anew(target) -%}
    {%- endif -%}
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

{#- Of what the contract says of protection; a task that fills the table keeps it in its comment. -#}
{% macro governance_fingerprint(das) -%}
    {{ return('governance ' ~ local_md5(governed_columns(false) ~ table_governance(das))) }}
{%- endmacro %}

{#-
    A contract may protect more than it did when the table was made. FORCE puts a policy in the place of another in one
    step. What it protects no longer stays protected, and a policy for rows stays the one that it is: both take a person.
-#}
{% macro protect_columns_anew(target) -%}
    {%- for column in contract_columns() %}
        {%- set das = column.config.get('meta', {}).get('das', {}) -%}
        {%- set policy = masking_policy(column, das) | replace(' WITH ', '') -%}
        {%- set tags = column_tags(das) -%}
        {%- if policy %}
            {% call statement('mask') -%}
alter table {{ target }} modify column {{ adapter.quote(column.name | upper) }} set {{ policy }} FORCE
            {%- endcall %}
        {%- endif %}
        {%- if das.get('projection') %}
            {% call statement('projection') -%}
alter table {{ target }} modify column {{ adapter.quote(column.name | upper) }} set PROJECTION POLICY {{ governance_name('PROJECT_' ~ das.projection) }} FORCE
            {%- endcall %}
        {%- endif %}
        {%- if tags %}
            {% call statement('tag') -%}
alter table {{ target }} modify column {{ adapter.quote(column.name | upper) }} set {{ tags | replace(' WITH TAG (', 'TAG ') | replace(')', '') }}
            {%- endcall %}
        {%- endif %}
    {%- endfor %}
{%- endmacro %}
