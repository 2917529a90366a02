{#- What a run needs before its first model. -#}
{% macro prepare_target() -%}
    {%- if execute -%}
        {{ adapter.dispatch('prepare_target')() }}
    {%- endif -%}
{%- endmacro %}

{% macro default__prepare_target() -%}
{%- endmacro %}
