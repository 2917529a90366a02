{#-
    Events of which a SILVER table does not have as many rows as landed. Where BRONZE no longer holds all that was taken (30
    days), it may hold fewer; never more. It reads all of BRONZE, and so has a tag, by which a build leaves it out.
-#}
{% test counts_what_landed(model, bronze) %}
{{ config(tags=['recount']) }}
with

landed as (

    select
        event_id,
        count(*) as landed_rows
    from {{ taken_rows(model, bronze) }}
    where outcome = 'landed'
    group by event_id

),

compared as (

    select
        coalesce(landed.event_id, events.event_id) as event_id,
        coalesce(landed.landed_rows, 0) as landed_rows,
        coalesce(events.duplicates + 1, 0) as taken_rows
    from landed
    full outer join {{ model }} as events on landed.event_id = events.event_id

)

select *
from compared
where
    landed_rows > taken_rows
    or (landed_rows < taken_rows and not {{ has_forgotten(model, bronze) }})
{% endtest %}
