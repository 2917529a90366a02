{#- Reading the stream in a task's MERGE takes the rows; reading it in a query does not. -#}
{% macro snowflake__new_rows(relation) -%}
    {{ stream_of(relation.identifier) }}
{%- endmacro %}

{% macro snowflake__all_rows(relation) -%}
    {{ relation }}
{%- endmacro %}

{#- A stream of the model's own, beside the model: no other reader moves its position. -#}
{% macro stream_of(table) -%}
    {{ return(api.Relation.create(
        database=this.database, schema=this.schema, identifier=this.identifier ~ '__' ~ table | upper
    )) }}
{%- endmacro %}

{% macro task_of() -%}
    {{ return(api.Relation.create(database=this.database, schema=this.schema, identifier=this.identifier ~ '__TASK')) }}
{%- endmacro %}
