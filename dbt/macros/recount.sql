{#- Of BRONZE what the model has taken, as far as it is there still. -#}
{% macro taken_rows(model_relation, relation) -%}
    {%- if execute -%} {{ adapter.dispatch('taken_rows')(model_relation, relation) }} {%- else -%} {{ relation }} {%- endif -%}
{%- endmacro %}

{#- Whether the model has taken what is not there any more: `true` or `false`. -#}
{% macro has_forgotten(model_relation, relation) -%}
    {%- if execute -%} {{ adapter.dispatch('has_forgotten')(model_relation, relation) }} {%- else -%} true {%- endif -%}
{%- endmacro %}

{#- As of the position of the model's stream. -#}
{% macro snowflake__taken_rows(model_relation, relation) -%}
    {{ relation }} at(stream => '{{ model_relation.database }}.{{ model_relation.schema }}.{{ model_relation.identifier }}__{{ relation.identifier }}')
{%- endmacro %}

{% macro snowflake__has_forgotten(model_relation, relation) -%} true {%- endmacro %}
