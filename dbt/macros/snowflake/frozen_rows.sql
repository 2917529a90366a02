{#-
    A dynamic table is replaced together with its rows, and SILVER is not to hold what the frozen ones came from. So they
    are put aside in a table of the same columns, policies and tags, from which the new dynamic table takes them, and
    with them the policies and the tags: Snowflake refuses those beside BACKFILL FROM.
-#}
{% macro keep_frozen_rows(target, das, existing) -%}
    {%- set kept = frozen_rows_of(target) -%}
    {%- set names = contract_columns_in([existing]) | join(', ') -%}
    {% call statement('drop_left_over') -%}
drop table if exists {{ kept }}
    {%- endcall %}
    {% call statement('create_kept') -%}
        {{ create_governed_table(kept, das, with_required=false) }}
    {%- endcall %}
    {% call statement('keep') -%}
insert into {{ kept }} ({{ names }})
select {{ names }}
from {{ target }}
where {{ is_frozen({'column': das.frozen.column, 'days': das.frozen.days - 1}) }}
    {%- endcall %}
{%- endmacro %}

{#- Puts back what was put aside, unless it is there already: how far the deployment before this one came is not known. -#}
{% macro take_frozen_rows(target, das) -%}
    {%- set kept = frozen_rows_of(target) -%}
    {%- set names = contract_columns_in([target, kept]) | join(', ') -%}
    {% call statement('take_kept') -%}
insert into {{ target }} ({{ names }})
select {{ names }}
from {{ kept }} as kept
where {{ has_no_row_among(target, 'kept', das) }}
    {%- endcall %}
{%- endmacro %}

{% macro drop_frozen_copy(target) -%}
    {% call statement('drop_kept') -%}
drop table {{ frozen_rows_of(target) }}
    {%- endcall %}
{%- endmacro %}

{% macro frozen_rows_of(target) -%}
    {{ return(target.incorporate(path={'identifier': target.identifier ~ '__FROZEN'}, type='table')) }}
{%- endmacro %}

{#-
    A deployment that ended before its last step left a copy of the frozen rows. It is the only one where there is no
    table, and may be where there is an ordinary one; a dynamic table has them from the moment that it is there.
-#}
{% macro has_left_over(target) -%}
    {{ return(load_cached_relation(frozen_rows_of(target)) is not none) }}
{%- endmacro %}

{#- A key's rows go together: by all of its first column, unless it is the key itself that says what is frozen. -#}
{% macro has_no_row_among(others, own, das) -%}
    {%- set keys = das.key if das.frozen.column in das.key else das.key[:1] -%}
    not exists (
    select 1 from {{ others }} as others
    where {% for key in keys | map('upper') %}others."{{ key }}" = {{ own }}."{{ key }}"{{ ' and ' if not loop.last }}{% endfor %}
)
{%- endmacro %}

{#- The contract's columns, quoted, that each of the tables has. -#}
{% macro contract_columns_in(tables) -%}
    {%- set names = contract_column_names() -%}
    {%- set shared = namespace(names=names) -%}
    {%- for table in tables -%}
        {%- set found = [] -%}
        {%- for column in adapter.get_columns_in_relation(table) -%}
            {%- do found.append(adapter.quote(column.name | upper)) -%}
        {%- endfor -%}
        {%- set shared.names = shared.names | select('in', found) | list -%}
    {%- endfor -%}
    {{ return(shared.names) }}
{%- endmacro %}
