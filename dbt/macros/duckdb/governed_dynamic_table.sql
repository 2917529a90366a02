{#- The whole table anew, in one transaction: whoever reads sees the old one or the new one. Frozen rows are kept as they are. -#}
{% materialization governed_dynamic_table, adapter='duckdb' %}
    {%- set target = this.incorporate(type='table') -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set fresh = this.incorporate(path={'identifier': this.identifier ~ '__FRESH'}, type='table') -%}
    {%- set frozen = config.get('meta').das.get('frozen') -%}
    {%- set names = contract_column_names() | join(', ') -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% do check_contract(sql) %}
    {% call statement('create') -%}
        create table {{ fresh }} (
            {{ duckdb_column_definitions() }}
        )
    {%- endcall %}
    {%- if frozen and existing is not none and not should_full_refresh() %}
        {%- set is_frozen = '"' ~ frozen.column | upper ~ '" < now() - interval ' ~ frozen.days ~ ' day' -%}
        {% call statement('keep') -%}
            insert into {{ fresh }} ({{ names }}) select {{ names }} from {{ existing }} where {{ is_frozen }}
        {%- endcall %}
        {%- set sql = 'select * from (' ~ sql ~ ') as fresh where not coalesce(' ~ is_frozen ~ ', false)' -%}
    {%- endif %}
    {% call statement('main') -%}
        insert into {{ fresh }} ({{ names }}) select {{ names }} from (
            {{ sql }}
        ) as fresh
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
