{#- Where the list is that the build commits with its rows: in the database of the model. -#}
{% macro consumed_files(database) -%}
    {{ return(api.Relation.create(database=database, schema='OPS', identifier='CONSUMED_FILES', type='table')) }}
{%- endmacro %}

{#- Models run side by side, and two transactions cannot both make a table: it is there before they begin. -#}
{% macro duckdb__prepare_target() -%}
    {{ duckdb__remember_nodes() }}
    {%- set databases = graph.nodes.values() | selectattr('config.materialized', 'equalto', 'stream_task') | map(attribute='database') | unique -%}
    {%- for database in databases -%}
        {%- set consumed = consumed_files(database) -%}
        create schema if not exists {{ consumed.without_identifier() }};
        create table if not exists {{ consumed }} (
            "MODEL" varchar not null, "SOURCE_TABLE" varchar not null, "FILE" varchar not null, "CONSUMED_AT" timestamptz not null
        );
    {%- endfor -%}
{%- endmacro %}

{#- The files that a model was compiled to read become those that it has yet to read. @returns how many batches they are -#}
{% macro put_new_files_aside(tables, size) -%}
    {%- set counts = [0] -%}
    {%- for table in tables -%}
        {%- do run_query("set variable new_" ~ table ~ " = getvariable('files_" ~ table ~ "')") -%}
        {%- do run_query("set variable files_" ~ table ~ " = []") -%}
        {%- do counts.append(run_query("select len(getvariable('new_" ~ table ~ "'))").columns[0][0] | int) -%}
    {%- endfor -%}
    {{ return(((counts | max) / size) | round(0, 'ceil') | int) }}
{%- endmacro %}

{% macro take_next_files(tables, start, size) -%}
    {%- for table in tables -%}
        {%- do run_query("set variable files_" ~ table ~ " = getvariable('new_" ~ table ~ "')[" ~ (start + 1) ~ ":" ~ (start + size) ~ "]") -%}
    {%- endfor -%}
{%- endmacro %}

{% macro list_as_consumed(tables) -%}
    {%- for table in tables %}
    insert into {{ consumed_files(this.database) }}
    select '{{ this.identifier }}', '{{ table | upper }}', unnest(getvariable('files_{{ table }}')), now();
    {%- endfor %}
{%- endmacro %}

{% macro files_taken(model_relation, relation) -%}
    (
        select "FILE" from {{ consumed_files(model_relation.database) }}
        where "MODEL" = '{{ model_relation.identifier }}' and "SOURCE_TABLE" = '{{ relation.identifier }}'
    )
{%- endmacro %}

{% macro duckdb__taken_rows(model_relation, relation) -%}
    {{ read_all_files(relation, 'select file from ' ~ lake_files(relation) ~ ' where file in ' ~ files_taken(model_relation, relation)) }}
{%- endmacro %}

{% macro duckdb__has_forgotten(model_relation, relation) -%}
    {%- set gone = run_query(
        'select count(*) from ' ~ files_taken(model_relation, relation) ~ ' as taken'
        ~ ' where "FILE" not in (select file from ' ~ lake_files(relation) ~ ')'
    ).columns[0][0] -%}
    {{ 'true' if gone > 0 else 'false' }}
{%- endmacro %}
