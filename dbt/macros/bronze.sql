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

{#- The source's node in the manifest: its names and columns. -#}
{% macro source_node(relation) -%}
    {%- for node in graph.sources.values()
        if node.database == relation.database and node.schema == relation.schema and node.identifier == relation.identifier -%}
        {{ return(node) }}
    {%- endfor -%}
    {{ exceptions.raise_compiler_error('no source is the table ' ~ relation) }}
{%- endmacro %}
