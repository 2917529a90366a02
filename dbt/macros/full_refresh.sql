{#- @raises for a table that remembers more than what it is made from, unless the run says that this is meant -#}
{% macro refuse_full_refresh(existing, why) -%}
    {%- if should_full_refresh() and existing is not none and not var('allow_full_refresh', false) -%}
        {{ exceptions.raise_compiler_error(
            'full refresh of ' ~ model.name ~ ' is refused: ' ~ why
            ~ ". Where that is meant: --full-refresh --vars 'allow_full_refresh: true'"
        ) }}
    {%- endif -%}
{%- endmacro %}
