{#-
    A SELECT list of what the model's contract takes from PAYLOAD (a column's `path`) and from LINK_TOKENS (its
    `link`), typed. A value that does not fit its type is null; a required one then fails the contract.
-#}
{% macro typed_payload() -%}
    {%- if not execute -%} null as not_compiled
    {%- else -%} {{ adapter.dispatch('typed_payload')(payload_columns()) }}
    {%- endif -%}
{%- endmacro %}

{% macro payload_columns() -%}
    {%- set columns = [] -%}
    {%- for column in model.columns.values() -%}
        {%- set das = column.config.get('meta', {}).get('das', {}) -%}
        {%- if 'path' in das or 'link' in das -%}
            {%- do columns.append({
                'name': column.name | lower, 'type': column.data_type | upper,
                'source': 'payload' if 'path' in das else 'link_tokens',
                'path': das.path if 'path' in das else [das.link]
            }) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(columns) }}
{%- endmacro %}
