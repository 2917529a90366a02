{#-
    Where unit tests may run, what the YAML declares is written down for them: dbt shows them no graph. Names and types,
    no data.
-#}
{% macro snowflake__prepare_target() -%}
    {%- if flags.WHICH in ('build', 'test') -%}
    create or replace transient table {{ declared_nodes_table() }} as select {{ sql_text(tojson(declared_nodes())) }} as nodes
    {%- endif -%}
{%- endmacro %}

{% macro snowflake__remembered_nodes() -%}
    {{ return(fromjson(run_query('select nodes from ' ~ declared_nodes_table()).columns[0][0])) }}
{%- endmacro %}

{% macro declared_nodes_table() -%}
    {{ return(api.Relation.create(database=target.database, schema='OPS', identifier='DECLARED_NODES')) }}
{%- endmacro %}

{#- Snowflake takes a backslash in a text for an escape; dbt's own macro leaves those of a fixture as they are. -#}
{% macro snowflake__escape_single_quotes(expression) -%}
{{ expression | replace('\\', '\\\\') | replace("'", "''") }}
{%- endmacro %}
