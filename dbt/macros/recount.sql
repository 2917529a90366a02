{#-
    Events of which SILVER does not have as many rows as landed. Where BRONZE no longer holds all that was taken (30
    days), it may hold fewer; never more.
-#}
{% macro miscounted_events(silver, bronze) -%}
with

landed as (

    select
        event_id,
        count(*) as landed_rows
    from {{ taken_rows(silver, bronze) }}
    where outcome = 'landed'
    group by event_id

),

compared as (

    select
        coalesce(landed.event_id, events.event_id) as event_id,
        coalesce(landed.landed_rows, 0) as landed_rows,
        coalesce(events.duplicates + 1, 0) as taken_rows
    from landed
    full outer join {{ silver }} as events on landed.event_id = events.event_id

)

select *
from compared
where
    landed_rows > taken_rows
    or (landed_rows < taken_rows and not {{ has_forgotten(silver, bronze) }})
{%- endmacro %}

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
