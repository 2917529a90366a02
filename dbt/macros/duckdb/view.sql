{#- Names the columns as tables of ours do: in upper case. -#}
{% macro duckdb__create_view_as(relation, sql) -%}
    {%- do check_contract(sql) -%}
    create view {{ relation }} ({{ contract_column_names() | join(', ') }}) as (
        select {{ contract_column_names() | join(', ') }}
        from (
            {{ sql }}
        ) as contracted
    );
{%- endmacro %}
