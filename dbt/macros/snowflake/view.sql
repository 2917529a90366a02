{#-
    A secure view with the contract's comments and tags. Masks and row access are those of the table below, which see who
    asks: a second mask here would be put on what is masked already.
-#}
{% macro snowflake__create_view_as(relation, sql) -%}
    {%- set das = config.get('meta', {}).get('das', {}) -%}
    {% do check_contract(sql) %}
create or replace secure view {{ relation }} (
    {%- for column in contract_columns() %}
    {{ adapter.quote(column.name | upper) }}
    {{- column_tags(column.config.get('meta', {}).get('das', {}), is_view=true) }}
    {{- ' COMMENT ' ~ sql_text(column.description) if column.description }}{{ ',' if not loop.last }}
    {%- endfor %}
)
    COPY GRANTS
    COMMENT = {{ sql_text(summary()) }}
    {{- table_governance(das, with_row_access=false) }}
as
{{ in_contract_order(sql) }}
{%- endmacro %}
