{#-
    One row of a key replaces another where it landed later, whichever run took it; how often the key came is added
    up. So the table depends on the rows alone, and not on how they were batched.
-#}
{% macro merge_statement(target, sql, das) -%}
    {%- set names = contract_column_names() -%}
    {%- set keys = das.key | map('upper') | list -%}
    merge into {{ target }} as t
    using (
        {{ sql }}
    ) as s
        on {% for key in keys %}t."{{ key }}" = s."{{ key }}"{{ ' and ' if not loop.last }}{% endfor %}
    when matched and s."LANDED_ORDER" > t."LANDED_ORDER" then update set
        {% for name in names if name | replace('"', '') not in keys + ['DUPLICATES'] -%}
        {{ name }} = s.{{ name }},
        {% endfor -%}
        "DUPLICATES" = t."DUPLICATES" + s."DUPLICATES" + 1
    when matched then update set
        "DUPLICATES" = t."DUPLICATES" + s."DUPLICATES" + 1
    when not matched then insert ({{ names | join(', ') }})
        values ({% for name in names %}s.{{ name }}{{ ', ' if not loop.last }}{% endfor %})
{%- endmacro %}
