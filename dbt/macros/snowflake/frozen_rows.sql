{#-
    A dynamic table is replaced together with its rows, and SILVER no longer holds what the frozen ones came from. So they
    are put aside in a table of the same columns, policies and tags, from which the new dynamic table takes them, and
    with them the policies and the tags: Snowflake refuses those beside BACKFILL FROM.
-#}
{% macro keep_frozen_rows(target, das, existing) -%}
    {%- set kept = frozen_rows_of(target) -%}
    {%- set found = adapter.get_columns_in_relation(existing) | map(attribute='name') | map('upper') | list -%}
    {%- set names = [] -%}
    {%- for column in contract_columns() if column.name | upper in found -%}
        {%- do names.append(adapter.quote(column.name | upper)) -%}
    {%- endfor -%}
    {% call statement('drop_left_over') -%}
drop table if exists {{ kept }}
    {%- endcall %}
    {% call statement('create_kept') -%}
        {{ create_governed_table(kept, das, with_required=false) }}
    {%- endcall %}
    {% call statement('keep') -%}
insert into {{ kept }} ({{ names | join(', ') }})
select {{ names | join(', ') }}
from {{ target }}
where {{ is_frozen({'column': das.frozen.column, 'days': das.frozen.days - 1}) }}
    {%- endcall %}
{%- endmacro %}

{% macro frozen_rows_of(target) -%}
    {{ return(target.incorporate(path={'identifier': target.identifier ~ '__FROZEN'}, type='table')) }}
{%- endmacro %}

{#- A deployment that ended between taking one table away and making the other left them as the only copy. -#}
{% macro has_left_over(target) -%}
    {{ return(load_cached_relation(frozen_rows_of(target)) is not none) }}
{%- endmacro %}
