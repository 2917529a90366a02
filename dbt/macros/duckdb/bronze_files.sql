{#-
    The lake's files reach a model through a variable of its connection: the compiled SQL stays the same whichever
    files there are, and exactly those that were read are listed as consumed.
    The list begins with a file without rows that has every declared column: a table without files can be read, and
    a file that was written before a column was added reads as null there.
-#}
{% macro duckdb__new_rows(relation) -%}
    {%- set consumed = consumed_files(this.database) -%}
    {%- if relation.identifier | lower not in config.get('meta').das.streams -%}
        {{ exceptions.raise_compiler_error(model.name ~ ' reads new rows of ' ~ relation.identifier ~ ', which its streams do not name') }}
    {%- endif -%}
    {%- set unread -%}
        select file from {{ lake_files(relation) }}
        {% if load_relation(consumed) is not none and not should_full_refresh() -%}
        where file not in {{ files_taken(this, relation) }}
        {%- endif %}
    {%- endset -%}
    {{ read_files(relation, unread) }}
{%- endmacro %}

{% macro duckdb__all_rows(relation) -%}
    {{ read_files(relation, 'select file from ' ~ lake_files(relation)) }}
{%- endmacro %}

{% macro files_variable(relation) -%}
    files_{{ relation.identifier | lower }}
{%- endmacro %}

{#- As a part of a literal. -#}
{% macro lake_folder(relation) -%}
    {{ plain_path('DAS_LAKE', '../.das/demo/lake') }}/{{ relation.database }}/{{ relation.schema }}/{{ relation.identifier }}
{%- endmacro %}

{#-
    The folder that a variable names, as a part of a literal.
    @raises for a path that DuckDB takes for a pattern: it would read nothing, or another folder
-#}
{% macro plain_path(variable, default) -%}
    {%- set path = env_var(variable, default) -%}
    {%- for character in ['*', '?', '[', '\\'] if character in path -%}
        {{ exceptions.raise_compiler_error(
            'the path that ' ~ variable ~ ' names has a character that DuckDB takes for a pattern: '
            ~ 'let it name a folder without any of * ? [ \\ in its path'
        ) }}
    {%- endfor -%}
    {{ return(path.rstrip('/') | replace("'", "''")) }}
{%- endmacro %}

{#- As FILE, relative to the table's folder: the lake may be moved. What is not finished is in `_tmp`. -#}
{% macro lake_files(relation) -%}
    {%- set folder = lake_folder(relation) -%}
    (
        select substr(file, length('{{ folder }}/') + 1) as file
        from glob('{{ folder }}/*/*/*.parquet')
    ) as lake_files
{%- endmacro %}

{% macro read_files(relation, query) -%}
    {%- do remember_files(relation, query) -%}
    read_parquet(
        list_concat(['{{ empty_file(relation) }}'], {{ remembered_files(relation) }}),
        union_by_name = true, hive_partitioning = false
    )
{%- endmacro %}

{#-
    Columns that every file has: the union of columns keeps each file open, which is too much for all of the lake at once.
-#}
{% macro read_all_files(relation, query) -%}
    {%- do remember_files(relation, query) -%}
    read_parquet(
        case
            when len({{ remembered_files(relation) }}) = 0 then ['{{ empty_file(relation) }}']
            else {{ remembered_files(relation) }}
        end,
        hive_partitioning = false
    )
{%- endmacro %}

{% macro remember_files(relation, query) -%}
    {%- do run_query("set variable " ~ files_variable(relation) ~ " = (select coalesce(list(file order by file), []) from (" ~ query ~ ") as files)") -%}
{%- endmacro %}

{% macro remembered_files(relation) -%}
    list_transform(getvariable('{{ files_variable(relation) }}'), lambda file: '{{ lake_folder(relation) }}/' || file)
{%- endmacro %}

{#- Written once for each set of columns, beside the work databases. -#}
{% macro empty_file(relation) -%}
    {%- set columns = [] -%}
    {%- for column in declared_node(relation).columns -%}
        {%- do columns.append('cast(null as ' ~ duckdb_type(column.data_type) ~ ') as "' ~ column.name | upper ~ '"') -%}
    {%- endfor -%}
    {%- set select = 'select ' ~ columns | join(', ') ~ ' where false' -%}
    {%- set path = plain_path('DAS_WORK', '../.das/demo/refined/work') ~ '/empty-' ~ relation.identifier ~ '-' ~ local_md5(select) ~ '.parquet' -%}
    {%- if run_query("select count(*) from glob('" ~ path ~ "')").columns[0][0] == 0 -%}
        {%- do run_query("copy (" ~ select ~ ") to '" ~ path ~ "' (format parquet)") -%}
    {%- endif -%}
    {{ path }}
{%- endmacro %}
