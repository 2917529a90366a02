{#-
    Makes the task what the model says, and leaves it alone where it is that already: its comment holds a fingerprint.
    It is suspended while it changes, so that no run begins with half of a deployment. One that failures or a person
    had suspended is resumed: a deployment says that it is to run.
    `compute` and `trigger` are the clauses in which kinds of task differ.
-#}
{% macro deploy_task(das, compute, trigger, body) -%}
    {%- set task = task_of() -%}
    {%- set governance = governance_fingerprint(das) -%}
    {%- set error_integration = var('task_error_integration', none) -%}
    {%- set limits -%}
    SUSPEND_TASK_AFTER_NUM_FAILURES = {{ var('task_failures') }}
    {%- if error_integration %}
    ERROR_INTEGRATION = {{ error_integration }}
    {%- endif %}
    {%- endset -%}
    {%- set retries = 'TASK_AUTO_RETRY_ATTEMPTS = ' ~ var('task_retries') -%}
    {%- set fingerprint = 'definition ' ~ local_md5([compute, limits, retries, trigger, body] | join('|')) -%}
    {%- set found = find_shown('tasks', task) -%}
    {%- if found and fingerprint in found['comment'] and governance in found['comment'] and found['state'] == 'started' -%}
        {% call noop_statement('main', 'UNCHANGED', 'UNCHANGED') %}{% endcall %}
    {%- else -%}
        {%- if found %}
        {% call statement('suspend') -%}
alter task {{ task }} suspend
        {%- endcall %}
        {%- endif %}
        {% call statement('main') -%}
create or alter task {{ task }}
    {{ compute }}
    OVERLAP_POLICY = NO_OVERLAP
    {{ limits }}
    COMMENT = 'Fills {{ this.identifier }} ({{ fingerprint }}, {{ governance }})'
    {{ retries }}
    {{ trigger }}
as
{{ body }}
        {%- endcall %}
        {% call statement('resume') -%}
alter task {{ task }} resume
        {%- endcall %}
    {%- endif -%}
{%- endmacro %}

{#- No warehouse: Snowflake sizes it by what earlier runs needed. -#}
{% macro serverless() -%}
    USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = '{{ var("task_initial_size") }}'
{%- endmacro %}
