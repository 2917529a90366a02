{#-
    The table, empty and governed; then the streams, which begin with what BRONZE holds already; then the task that
    merges what they bring. Neither the table nor a stream is ever replaced: a stream's position is the only record of
    what has been taken.
-#}
{% materialization stream_task, adapter='snowflake' %}
    {%- set target = this.incorporate(type='table') -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set das = config.get('meta').das -%}
    {%- set begin_anew = should_full_refresh() and existing is not none -%}

    {%- do refuse_full_refresh(existing, 'it would forget what BRONZE no longer holds (30 days)') -%}

    {{ run_hooks(pre_hooks) }}
    {% call statement('create') -%}
        {{ create_governed_table(target, das) }}
    {%- endcall %}
    {% if existing is not none %} {% do keep_governed(target, das) %} {% endif %}
    {% if begin_anew %} {% do forget_rows_and_position(target, das) %} {% endif %}
    {% for table in das.streams %}
        {% call statement('stream') -%}
create stream if not exists {{ stream_of(table) }}
    on table {{ watched_table(table) }}
    append_only = true
    show_initial_rows = true
        {%- endcall %}
    {% endfor %}
    {% do check_contract(sql) %}
    {% do check_streams_are_read(sql, das) %}
    {% do deploy_task(das, serverless(), triggered_by(das), merge_statement(target, sql, das)) %}
    {{ run_hooks(post_hooks) }}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}

{#- The table that a stream watches: a source of that name, of the model's own domain. -#}
{% macro watched_table(table) -%}
    {%- for node in graph.sources.values() if node.name | lower == table | lower and node.database == this.database -%}
        {{ return(api.Relation.create(database=node.database, schema=node.schema, identifier=node.identifier)) }}
    {%- endfor -%}
    {{ exceptions.raise_compiler_error(model.name ~ ' names a stream of ' ~ table ~ ', which is no source') }}
{%- endmacro %}

{#- Serverless tasks without a schedule want a time in which a run should end. -#}
{% macro triggered_by(das) -%}
    USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS = {{ var('task_trigger_seconds') }}
    TARGET_COMPLETION_INTERVAL = '{{ var("task_completion_minutes") }} MINUTES'
    when
        {% for table in das.streams -%}
        system$stream_has_data('{{ stream_of(table) | string | replace('"', '') }}')
        {%- if not loop.last %}
        or {% endif %}
        {%- endfor %}
{%- endmacro %}

{#-
    One statement reads every stream of the model, so their positions move together, in its transaction, or not at all.
    @raises for a stream that the model does not read: it would trigger the task for ever, and become stale.
-#}
{% macro check_streams_are_read(sql, das) -%}
    {%- for table in das.streams if stream_of(table) | string not in sql -%}
        {{ exceptions.raise_compiler_error(model.name ~ ' does not read its stream of ' ~ table) }}
    {%- endfor -%}
{%- endmacro %}

{#-
    A full refresh, once it has been allowed. The table stays, with its policies, grants and Time Travel. The streams go
    first: were the process to end after them, the next build would merge all of BRONZE into the old rows, which
    leaves too high a count of duplicates; the other way round it would leave an empty table for good.
-#}
{% macro forget_rows_and_position(target, das) -%}
    {% call statement('suspend') -%}
alter task if exists {{ task_of() }} suspend
    {%- endcall %}
    {% for table in das.streams %}
        {% call statement('forget_position') -%}
drop stream if exists {{ stream_of(table) }}
        {%- endcall %}
    {% endfor %}
    {% call statement('forget_rows') -%}
delete from {{ target }}
    {%- endcall %}
{%- endmacro %}
