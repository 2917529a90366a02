{#-
    Whether a model has had the time to take what was ingested then. DuckDB: a build makes the model from all that
    there is. Snowflake: a dynamic table may be a target lag behind, and its task or refresh takes a while.
-#}
{% macro is_settled(ingested_at, relation) -%}
    {{ adapter.dispatch('is_settled')(ingested_at, relation) }}
{%- endmacro %}

{% macro duckdb__is_settled(ingested_at, relation) -%}
    true
{%- endmacro %}

{% macro snowflake__is_settled(ingested_at, relation) -%}
    {{ ingested_at }} < current_timestamp() - interval '{{ 2 * declared_node(relation).das.targetLagSeconds if execute else 0 }} seconds'
{%- endmacro %}

{#- Whether a row of a model that was last changed then is one of those that stay as they are. -#}
{% macro is_frozen_in(relation, column) -%}
    {{ column }} < current_timestamp - interval '{{ declared_node(relation).das.frozen.days if execute else 0 }} days'
{%- endmacro %}
