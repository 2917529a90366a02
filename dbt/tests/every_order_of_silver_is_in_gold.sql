with

silver as (

    select
        order_id,
        count(*) as event_count,
        max(happened_at) as last_event_at
    from {{ ref('orders_events') }}
    group by order_id
    having {{ is_settled('max(ingested_at)', ref('orders')) }}

)

select
    silver.order_id,
    silver.event_count,
    orders.event_count as folded_count
from silver
left join {{ ref('orders') }} as orders on silver.order_id = orders.order_id
where
    orders.order_id is null
    -- A frozen order stays as it was: SILVER may know fewer of its events by now, or more that came too late.
    or (orders.event_count < silver.event_count and not {{ is_frozen_in(ref('orders'), 'silver.last_event_at') }})
