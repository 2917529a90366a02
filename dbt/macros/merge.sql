{#-
    Takes the rows of a query into the table so that the table depends on the rows alone, and not on how they were
    batched. `merge: latest` (without a word): of one key the row that landed last, and how often the key came.
    `merge: fill`: each row has a part of its key's row.
-#}
{% macro merge_statement(target, sql, das) -%}
    {%- set names = contract_column_names() | join(', ') -%}
    merge into {{ target }} as t
    using (
        {{ sql }}
    ) as s
        on {% for key in das.key | map('upper') %}t."{{ key }}" = s."{{ key }}"{{ ' and ' if not loop.last }}{% endfor %}
    {{ merge_fill(das) if das.get('merge') == 'fill' else merge_latest(das) }}
    when not matched then insert ({{ names }})
        values (s.{{ contract_column_names() | join(', s.') }})
{%- endmacro %}

{#- How often a key came is added up whichever row of it is kept. -#}
{% macro merge_latest(das) -%}
    {%- set kept = das.key | map('lower') | list + ['duplicates'] -%}
    when matched and s."LANDED_ORDER" > t."LANDED_ORDER" then update set
        {% for column in contract_columns() if column.name | lower not in kept -%}
        "{{ column.name | upper }}" = s."{{ column.name | upper }}",
        {% endfor -%}
        "DUPLICATES" = t."DUPLICATES" + s."DUPLICATES" + 1
    when matched then update set
        "DUPLICATES" = t."DUPLICATES" + s."DUPLICATES" + 1
{%- endmacro %}

{#- What is there stays. Where a part came twice the smaller one does, whichever was first: of two times the earlier. -#}
{% macro merge_fill(das) -%}
    when matched then update set
        {% for column in contract_columns() if column.name | lower not in das.key | map('lower') -%}
        {%- set name = '"' ~ column.name | upper ~ '"' -%}
        {{ name }} = coalesce({{ 'least(t.' ~ name ~ ', s.' ~ name ~ '), ' if not is_document(column) }}t.{{ name }}, s.{{ name }}){{ ', ' if not loop.last }}
        {% endfor -%}
{%- endmacro %}

{% macro is_document(column) -%}
    {{ return(column.data_type | upper in ('VARIANT', 'ARRAY', 'OBJECT')) }}
{%- endmacro %}
