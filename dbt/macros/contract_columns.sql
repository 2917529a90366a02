{#- The columns that the model's contract declares, in order; in a unit test, those of the model that is tested. -#}
{% macro contract_columns() -%}
    {%- set node = graph.nodes.get(model.tested_node_unique_id, model) if model.resource_type == 'unit_test' else model -%}
    {{ return(node.columns.values() | list) }}
{%- endmacro %}

{#- Their names as they are created: quoted, in upper case. -#}
{% macro contract_column_names() -%}
    {%- set names = [] -%}
    {%- for column in contract_columns() -%}
        {%- do names.append(adapter.quote(column.name | upper)) -%}
    {%- endfor -%}
    {{ return(names) }}
{%- endmacro %}

{% macro is_required(column) -%}
    {{ return(column.constraints | selectattr('type', 'equalto', 'not_null') | list | length > 0) }}
{%- endmacro %}

{#- @raises where the query has other columns than the contract: a missing one would be null, another one is nobody's. -#}
{% macro check_contract(sql) -%}
    {%- set found = get_column_names_of(sql) -%}
    {%- set declared = model.columns.keys() | map('lower') | list -%}
    {%- set missing = declared | reject('in', found) | list -%}
    {%- set unknown = found | reject('in', declared) | list -%}
    {%- if missing or unknown -%}
        {{ exceptions.raise_compiler_error(
            model.name ~ ' does not fulfil its contract: '
            ~ ('missing ' ~ missing | join(', ') ~ ' ' if missing else '')
            ~ ('not declared ' ~ unknown | join(', ') if unknown else '')
        ) }}
    {%- endif -%}
{%- endmacro %}

{% macro get_column_names_of(sql) -%}
    {{ return(get_columns_in_query(sql) | map('lower') | list) }}
{%- endmacro %}
