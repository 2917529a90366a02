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
        select {{ contract_column_names() | join(', ') }}
        from (
            {{ sql }}
        ) as fresh
        {%- if keeps %}
        where not coalesce({{ duckdb_is_frozen(frozen) }}, false)
        {%- endif %}
    {%- endcall %}
    {%- if keeps %}
        {% call statement('keep') -%}
            {{ keep_frozen_rows_from(existing, fresh, das) }}
        {%- endcall %}
    {%- endif %}
    {% call statement('swap') -%}
        drop table if exists {{ target }};
        alter table {{ fresh }} rename to {{ adapter.quote(this.identifier) }}
    {%- endcall %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}

{% macro duckdb_is_frozen(frozen) -%}
    "{{ frozen.column | upper }}" < now() - interval '{{ frozen.days }} days'
{%- endmacro %}

{#-
    What comes to life again, such as an order that is refunded after 13 months, is told anew and not twice: with
    everything of its first key, unless it is the key itself that says what is frozen.
-#}
{% macro keep_frozen_rows_from(existing, fresh, das) -%}
    {%- set names = [] -%}
    {%- set found = adapter.get_columns_in_relation(existing) | map(attribute='name') | map('upper') | list -%}
    {%- for column in contract_columns() if column.name | upper in found -%}
        {%- do names.append(adapter.quote(column.name | upper)) -%}
    {%- endfor -%}
    {%- set keys = das.key if das.frozen.column in das.key else das.key[:1] -%}
    insert into {{ fresh }} ({{ names | join(', ') }})
    select {{ names | join(', ') }}
    from {{ existing }} as kept
    where
        {{ duckdb_is_frozen(das.frozen) }}
        and not exists (
            select 1 from {{ fresh }} as fresh
            where {% for key in keys | map('upper') %}fresh."{{ key }}" = kept."{{ key }}"{{ ' and ' if not loop.last }}{% endfor %}
        )
{%- endmacro %}
