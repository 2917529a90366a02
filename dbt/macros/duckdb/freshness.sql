{#- Of the lake's newest folder, which is that of the last hour in which something landed; null where none has. -#}
{% macro duckdb__collect_freshness(source, loaded_at_field, filter) -%}
    {%- set newest = 'select file from (select file, max(file[:14]) over () as hour from ' ~ lake_files(source) ~ ') as files where file[:14] = hour' -%}
    {% call statement('collect_freshness', fetch_result=True, auto_begin=False) -%}
        select
            max({{ loaded_at_field }}) as max_loaded_at,
            now() as snapshotted_at
        from {{ read_files(source, newest) }}
        {{ 'where ' ~ filter if filter }}
    {%- endcall %}
    {{ return(load_result('collect_freshness')) }}
{%- endmacro %}
