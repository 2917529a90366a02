{#- The newest generation of a token, of all that it was mapped to: of the rows with a purpose, or of all. -#}
{% macro newest_tokens(rekeys, purpose=none) -%}
select
        old_token,
        new_token
    from {{ all_rows(rekeys) }}
    {%- if purpose %}
    where purpose = {{ sql_text(purpose) }}
    {%- endif %}
    qualify row_number() over (partition by old_token order by "AT" desc, to_key desc) = 1
{%- endmacro %}
