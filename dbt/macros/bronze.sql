{#-
    What of a BRONZE table a stream_task model has not taken yet.
    Snowflake: the model's append-only stream. DuckDB: the Parquet files that CONSUMED_FILES does not list.
-#}
{% macro new_rows(relation) -%}
    {%- if not execute or relation.is_cte -%}
        {{ relation }}
    {%- else -%}
        {{ adapter.dispatch('new_rows')(relation) }}
    {%- endif -%}
{%- endmacro %}

{#- The whole of a table of the lake, which may have no file yet. -#}
{% macro all_rows(relation) -%}
    {%- if not execute or relation.is_cte -%}
        {{ relation }}
    {%- else -%}
        {{ adapter.dispatch('all_rows')(relation) }}
    {%- endif -%}
{%- endmacro %}
