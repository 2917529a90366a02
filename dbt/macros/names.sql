{#-
    Names are upper case, and the same on both targets and in every environment. Where a model is says which domain and which
    tier it is of: models/<domain>/<tier>/<model>.sql is in <DOMAIN>.<TIER>.
-#}
{% macro generate_database_name(custom_database_name=none, node=none) -%}
    {{ (custom_database_name or folder_of(node, 1) or target.database) | trim | upper }}
{%- endmacro %}

{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or folder_of(node, 2) or target.schema) | trim | upper }}
{%- endmacro %}

{% macro generate_alias_name(custom_alias_name=none, node=none) -%}
    {{ (custom_alias_name or node.name) | trim | upper }}
{%- endmacro %}

{#- @returns nothing for what is no model -#}
{% macro folder_of(node, depth) -%}
    {{ return(node.fqn[depth] if node and node.resource_type == 'model' and node.fqn | length > 3 else none) }}
{%- endmacro %}
