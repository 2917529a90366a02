{#-
    Takes what is new in BRONZE into the model's table, so many files at a time: one transaction for the rows and for
    the list of the files that they came from, so that no file is taken twice and none is missed, whenever the process
    ends. However much has piled up, memory holds one batch; and the result does not depend on how it was cut.
-#}
{% materialization stream_task, adapter='duckdb' %}
    {%- set target = this.incorporate(type='table') -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set das = config.get('meta').das -%}
    {%- set size = var('files_per_batch') -%}
    {%- do refuse_full_refresh(existing, 'it would forget what BRONZE no longer holds (30 days)') -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {%- set batches = put_new_files_aside(das.streams, size) -%}
    {% do check_contract(sql) %}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- if should_full_refresh() %}
        {% call statement('forget') -%}
            drop table if exists {{ target }};
            delete from {{ consumed_files(this.database) }} where "MODEL" = '{{ this.identifier }}'
        {%- endcall %}
    {%- endif %}
    {% call statement('create') -%}
        create table if not exists {{ target }} (
            {{ duckdb_column_definitions() }}
        )
    {%- endcall %}
    {% do add_missing_columns(target) %}
    {%- for batch in range(batches) %}
        {%- do take_next_files(das.streams, batch * size, size) -%}
        {% call statement('main') -%}
            {{ merge_statement(target, sql, das) }}
        {%- endcall %}
        {% call statement('list') -%}
            {{ list_as_consumed(das.streams) }}
        {%- endcall %}
        {{ adapter.commit() }}
    {%- endfor %}
    {%- if batches == 0 %}
        {% call noop_statement('main', 'NOTHING NEW', 'NOTHING NEW') %}{% endcall %}
    {%- endif %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}

{% macro duckdb_column_definitions() -%}
    {%- for column in contract_columns() -%}
        {{ adapter.quote(column.name | upper) }} {{ duckdb_type(column.data_type) }}{{ ' not null' if is_required(column) }}{{ ', ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{#- A column that the contract has gained; a column can only be gained, and then is null in what is there. -#}
{% macro add_missing_columns(target) -%}
    {%- set found = adapter.get_columns_in_relation(target) | map(attribute='name') | map('upper') | list -%}
    {%- for column in contract_columns() if column.name | upper not in found %}
        {% call statement('add_column') -%}
            alter table {{ target }} add column {{ adapter.quote(column.name | upper) }} {{ duckdb_type(column.data_type) }}
        {%- endcall %}
    {%- endfor %}
{%- endmacro %}
