{#-
    Takes what is new in BRONZE into the model's table: one transaction for the rows and for the list of the files
    that they came from, so that no file is taken twice and none is missed, whenever the process ends.
-#}
{% materialization stream_task, adapter='duckdb' %}
    {%- set target = this.incorporate(type='table') -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set das = config.get('meta').das -%}
    {%- set consumed = consumed_files(this.database) -%}
    {%- do refuse_full_refresh(existing, 'it would forget what BRONZE no longer holds (30 days)') -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- if should_full_refresh() %}
        {% call statement('forget') -%}
            drop table if exists {{ target }};
            delete from {{ consumed }} where "MODEL" = '{{ this.identifier }}'
        {%- endcall %}
    {%- endif %}
    {% call statement('create') -%}
        create table if not exists {{ target }} (
            {{ duckdb_column_definitions() }}
        )
    {%- endcall %}
    {% do add_missing_columns(target) %}
    {% do check_contract(sql) %}
    {% call statement('main') -%}
        {{ merge_statement(target, sql, das) }}
    {%- endcall %}
    {% call statement('list') -%}
        {%- for table in das.streams %}
        insert into {{ consumed }}
        select '{{ this.identifier }}', '{{ table | upper }}', unnest(getvariable('files_{{ table | lower }}')), now();
        {%- endfor %}
    {%- endcall %}
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
