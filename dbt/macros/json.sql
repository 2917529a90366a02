{#-
    What a model takes out of PAYLOAD. Its first CTE selects `parsed_payload() as parsed`, a later one
    `typed_payload()`: a SELECT list of what the contract takes from PAYLOAD (a column's `path`) and from LINK_TOKENS
    (its `link`), typed. Explicit null, absent and of another type are all null; a required column then fails by name.
-#}
{% macro parsed_payload() -%}
    {%- if not execute -%} null
    {%- else -%} {{ adapter.dispatch('parsed_payload')(payload_columns()) }}
    {%- endif -%}
{%- endmacro %}

{% macro typed_payload() -%}
    {%- if not execute -%} null as not_compiled
    {%- else -%} {{ adapter.dispatch('typed_payload')(payload_columns()) }}
    {%- endif -%}
{%- endmacro %}

{#- One value of a document: `path` is a list of keys. -#}
{% macro json_value(column, path, type) -%}
    {{ adapter.dispatch('json_value')(column, path, type) }}
{%- endmacro %}

{% macro payload_columns() -%}
    {%- set columns = [] -%}
    {%- for column in contract_columns() -%}
        {%- set das = column.config.get('meta', {}).get('das', {}) -%}
        {%- if 'path' in das or 'link' in das -%}
            {%- do columns.append({
                'name': column.name | lower,
                'type': column.data_type | upper,
                'source': 'payload' if 'path' in das else 'link_tokens',
                'path': das.path if 'path' in das else [das.link]
            }) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(columns) }}
{%- endmacro %}
