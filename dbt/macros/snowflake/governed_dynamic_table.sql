{#-
    A dynamic table with everything that protects it inside the statement that creates it. Replaced only when its
    definition has changed: its comment holds a fingerprint. Rows that are frozen outlive a replacement.
    With `as: task`, an ordinary table that a scheduled task refills.
-#}
{% materialization governed_dynamic_table, adapter='snowflake' %}
    {%- set das = config.get('meta').das -%}
    {%- set found = find_shown('dynamic tables', this) -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set anew = should_full_refresh() and existing is not none -%}

    {%- if das.get('frozen') %} {%- do refuse_full_refresh(existing, 'it would forget frozen rows, which SILVER is not to hold (400 days)') -%} {%- endif %}

    {{ run_hooks(pre_hooks) }}
    {% do check_contract(sql) %}
    {% if das.get('as') == 'task' %}
        {%- set target = this.incorporate(type='table') -%}
        {% do refill_by_task(target, das, existing, found) %}
    {% else %}
        {%- set target = this.incorporate(type='dynamic_table') -%}
        {% do keep_dynamic_table(target, das, existing, found, anew) %}
    {% endif %}
    {{ run_hooks(post_hooks) }}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}

{% macro keep_dynamic_table(target, das, existing, found, anew) -%}
    {%- set options = dynamic_options(das) -%}
    {%- set query = in_contract_order(sql) -%}
    {%- set fingerprint = 'definition ' ~ local_md5([governed_columns(false), options, table_governance(das), query] | join('|')) -%}
    {%- set left_over = has_left_over(target) -%}
    {%- set changed = anew or not found or fingerprint not in found['comment'] -%}
    {%- set keeps_rows = changed and das.get('frozen') and not anew and (existing is not none or left_over) -%}
    {%- if not changed -%}
        {%- if lag_in_seconds(found['target_lag']) != das.targetLagSeconds -%}
            {% call statement('main') -%}
alter dynamic table {{ target }} set target_lag = '{{ das.targetLagSeconds }} seconds'
            {%- endcall %}
        {%- else -%}
            {% call noop_statement('main', 'UNCHANGED', 'UNCHANGED') %}{% endcall %}
        {%- endif -%}
    {%- else -%}
        {%- if keeps_rows and left_over and existing is not none and not found %} {% do take_frozen_rows(target, das) %} {%- endif %}
        {%- if keeps_rows and existing is not none %} {% do keep_frozen_rows(target, das, existing) %} {%- endif %}
        {%- if existing is not none and not found %} {% do drop_task_and_table(target) %} {%- endif %}
        {% call statement('main') -%}
create or replace dynamic table {{ target }} (
    {{- governed_columns(with_required=false, with_policies=not keeps_rows) }}
)
    TARGET_LAG = '{{ das.targetLagSeconds }} seconds'
    {{ options }}
    COMMENT = {{ sql_text(summary() ~ ' (' ~ fingerprint ~ ')') }}
    COPY GRANTS
    {%- if not keeps_rows %} {{- table_governance(das) }} {%- endif %}
    {%- if das.get('frozen') %}
    FROZEN WHERE ({{ is_frozen(das.frozen) }})
    {%- endif %}
    {%- if keeps_rows %}
    BACKFILL FROM {{ frozen_rows_of(target) }}
    {%- endif %}
as
{{ query }}
        {%- endcall %}
    {%- endif -%}
    {%- if keeps_rows or left_over %} {% do drop_frozen_copy(target) %} {%- endif -%}
{%- endmacro %}

{% macro dynamic_options(das) -%}
    WAREHOUSE = "{{ this.database }}_TRANSFORM_WH"
    REFRESH_MODE = {{ das.get('refreshMode', 'auto') | upper }}
    INITIALIZE = ON_CREATE
    DATA_RETENTION_TIME_IN_DAYS = {{ var('time_travel_days') }}
{%- endmacro %}

{#- A dynamic table's columns are those of its query by position: here by name, each with the contract's type. -#}
{% macro in_contract_order(sql) -%}
select
    {%- for column in contract_columns() %}
    cast({{ adapter.quote(column.name | upper) }} as {{ column.data_type | upper }}) as {{ adapter.quote(column.name | upper) }}{{ ',' if not loop.last }}
    {%- endfor %}
from (
{{ sql }}
)
{%- endmacro %}

{% macro is_frozen(frozen) -%}
    "{{ frozen.column | upper }}" < current_timestamp() - interval '{{ frozen.days }} days'
{%- endmacro %}

{#- As SHOW says it, such as `5 minutes`; none for DOWNSTREAM. -#}
{% macro lag_in_seconds(lag) -%}
    {%- set units = {'second': 1, 'minute': 60, 'hour': 3600, 'day': 86400} -%}
    {%- set words = (lag or '') | lower | trim | replace("'", '') -%}
    {%- set words = words.split() -%}
    {%- set unit = words[1].rstrip('s') if words | length == 2 else '' -%}
    {{ return((words[0] | int) * units[unit] if unit in units else none) }}
{%- endmacro %}
