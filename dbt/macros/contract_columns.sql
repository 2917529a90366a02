{#- The names of the contract's columns as they are created: quoted, in upper case. -#}
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
            ~ ('missing ' ~ missing | join(', ') if missing else '')
            ~ ('; ' if missing and unknown else '')
            ~ ('not declared ' ~ unknown | join(', ') if unknown else '')
        ) }}
    {%- endif -%}
{%- endmacro %}

{% macro get_column_names_of(sql) -%}
    {{ return(get_columns_in_query(sql) | map('lower') | list) }}
{%- endmacro %}
