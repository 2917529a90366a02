{#- The row of SHOW for one object, or none. `_` is a wildcard of LIKE, hence the comparison. -#}
{% macro find_shown(kind, relation) -%}
    {%- set rows = run_query("show " ~ kind ~ " like '" ~ relation.identifier ~ "' in schema " ~ relation.without_identifier()) -%}
    {%- for row in rows if row['name'] == relation.identifier -%}
        {{ return(row) }}
    {%- endfor -%}
    {{ return(none) }}
{%- endmacro %}
