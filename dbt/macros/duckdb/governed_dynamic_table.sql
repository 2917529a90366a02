{#-
    The whole table anew, in one transaction: whoever reads sees the old one or the new one. Frozen rows are kept as they
    are, since SILVER no longer has what they were made from.
-#}
{% materialization governed_dynamic_table, adapter='duckdb' %}
    {%- set target = this.incorporate(type='table') -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set fresh = this.incorporate(path={'identifier': this.identifier ~ '__FRESH'}, type='table') -%}
    {%- set das = config.get('meta').das -%}
    {%- set frozen = das.get('frozen') -%}
    {%- if frozen -%}
        {%- do refuse_full_refresh(existing, 'it would forget its frozen rows, which SILVER no longer holds') -%}
    {%- endif -%}
    {%- set keeps = frozen and existing is not none and not should_full_refresh() -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% do check_contract(sql) %}
    {% call statement('create') -%}
        create table {{ fresh }} (
            {{ duckdb_column_definitions() }}
        )
    {%- endcall %}
    {% call statement('main') -%}
        insert into {{ fresh }} ({{ contract_column_names() | join(', ') }})
        {{ with_frozen_rows(existing, sql, das) if keeps else sql_by_name(sql) }}
    {%- endcall %}
    {% call statement('swap') -%}
        drop table if exists {{ target }};
        alter table {{ fresh }} rename to {{ adapter.quote(this.identifier) }}
    {%- endcall %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}

{% macro sql_by_name(sql) -%}
        select {{ contract_column_names() | join(', ') }}
        from (
            {{ sql }}
        ) as computed
{%- endmacro %}

{#-
    What is computed and not frozen; the frozen rows that are there, unless their key came to life again, such as an order
    that is refunded after 13 months; and what is computed as frozen already, where no frozen row of its key is there.
    A key's rows go together: by all of its first column, unless it is the key itself that says what is frozen.
-#}
{% macro with_frozen_rows(existing, sql, das) -%}
    {%- set names = contract_column_names() | join(', ') -%}
    {%- set keys = das.key if das.frozen.column in das.key else das.key[:1] -%}
        with computed as materialized (
            {{ sql_by_name(sql) }}
        ),

        living as (
            select * from computed
            where not coalesce({{ duckdb_is_frozen(das.frozen) }}, false)
        ),

        aged as (
            select * from computed
            where {{ duckdb_is_frozen(das.frozen) }}
        ),

        kept as (
            select {{ contract_columns_of(existing) }}
            from {{ existing }}
            where {{ duckdb_is_frozen(das.frozen) }}
        )

        select {{ names }} from living
        union all
        select {{ names }} from kept
        where {{ has_no_row_in('living', 'kept', keys) }}
        union all
        select {{ names }} from aged
        where {{ has_no_row_in('kept', 'aged', keys) }}
{%- endmacro %}

{% macro has_no_row_in(others, own, keys) -%}
    not exists (
            select 1 from {{ others }}
            where {% for key in keys | map('upper') %}{{ others }}."{{ key }}" = {{ own }}."{{ key }}"{{ ' and ' if not loop.last }}{% endfor %}
        )
{%- endmacro %}

{#- A column that the contract has gained is null in what is there. -#}
{% macro contract_columns_of(existing) -%}
    {%- set found = adapter.get_columns_in_relation(existing) | map(attribute='name') | map('upper') | list -%}
    {%- for column in contract_columns() -%}
        {%- set name = adapter.quote(column.name | upper) -%}
        {{ name if column.name | upper in found else 'cast(null as ' ~ (duckdb_type(column.data_type) | trim) ~ ') as ' ~ name }}{{ ', ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{% macro duckdb_is_frozen(frozen) -%}
    "{{ frozen.column | upper }}" < now() - interval '{{ frozen.days }} days'
{%- endmacro %}
