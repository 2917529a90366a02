{#- A rule of a contract's `quality`: a query with one number as its result, where ${object} stands for the table. -#}
{% test quality_rule(model, query, must_be) %}
with result (found) as (
    {{ query | replace('${object}', model) }}
)

select found
from result
where found is null or found <> {{ must_be }}
{% endtest %}
