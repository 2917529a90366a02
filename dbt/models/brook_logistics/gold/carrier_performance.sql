with

events as (

    select * from {{ ref('shipments_events') }}

),

folded as (

    select
        shipment_id,
        min(happened_at) as first_event_at,
        max(happened_at) as last_event_at,
        count(*) as event_count
    from events
    group by shipment_id

),

latest as (

    select *
    from events
    qualify row_number() over (partition by shipment_id order by happened_at desc, event_id desc) = 1

)

select
    folded.shipment_id,
    latest.event_type as last_event_type,
    latest.region,
    folded.first_event_at,
    folded.last_event_at,
    folded.event_count
from folded
inner join latest on folded.shipment_id = latest.shipment_id
