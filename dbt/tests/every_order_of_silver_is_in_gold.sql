with

silver as (

    select
        order_id,
        count(*) as event_count
    from {{ ref('orders_events') }}
    group by order_id

)

select
    silver.order_id,
    silver.event_count,
    orders.event_count as folded_count
from silver
left join {{ ref('orders') }} as orders on silver.order_id = orders.order_id
-- A frozen order keeps the count of a time when SILVER had all of its events.
where orders.order_id is null or orders.event_count < silver.event_count
