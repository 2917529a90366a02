with

events as (

    select
        *,
        case event_type
            when 'shipment.created' then 1
            when 'shipment.picked_up' then 2
            when 'shipment.in_transit' then 3
            when 'shipment.out_for_delivery' then 4
            when 'shipment.delivered' then 5
            when 'shipment.returned' then 6
            else 0
        end as step
    from {{ ref('shipments_events') }}

),

folded as (

    select
        shipment_id,
        max(step) as furthest,
        min(case when event_type = 'shipment.created' then happened_at end) as created_at,
        min(case when event_type = 'shipment.picked_up' then happened_at end) as picked_up_at,
        min(case when event_type = 'shipment.delivered' then happened_at end) as delivered_at,
        min(case when event_type = 'shipment.returned' then happened_at end) as returned_at,
        count(case when event_type = 'shipment.out_for_delivery' then 1 end) as attempt_count,
        count(case when event_type = 'shipment.exception' then 1 end) as exception_count,
        min(happened_at) as first_event_at,
        max(happened_at) as last_event_at,
        count(*) as event_count,
        max(case when is_late then 1 else 0 end) = 1 as has_late_events
    from events
    group by shipment_id

),

latest as (

    select *
    from events
    qualify row_number() over (partition by shipment_id order by happened_at desc, step desc, event_id desc) = 1

),

earliest as (

    select
        shipment_id,
        promised_at
    from events
    qualify row_number() over (partition by shipment_id order by happened_at, step, event_id) = 1

),

latest_exception as (

    select
        shipment_id,
        exception_reason
    from events
    where event_type = 'shipment.exception'
    qualify row_number() over (partition by shipment_id order by happened_at desc, event_id desc) = 1

)

select
    folded.shipment_id,
    latest.order_id,
    case folded.furthest
        when 6 then 'returned'
        when 5 then 'delivered'
        when 4 then 'out_for_delivery'
        when 3 then 'in_transit'
        when 2 then 'picked_up'
        when 1 then 'created'
        else 'exception'
    end as state,
    latest.carrier,
    latest.service_level,
    latest.origin_region,
    latest.origin_country,
    latest.region,
    latest.destination_country,
    latest.destination_postal_code as destination_postal_area,
    latest.recipient_name,
    latest.recipient_phone,
    latest.recipient_email,
    latest.weight_kg,
    earliest.promised_at as first_promised_at,
    latest.promised_at,
    folded.created_at,
    folded.picked_up_at,
    folded.delivered_at,
    folded.returned_at,
    folded.delivered_at <= latest.promised_at as on_time,
    case
        when folded.delivered_at >= folded.picked_up_at
            then floor({{ milliseconds_between('folded.picked_up_at', 'folded.delivered_at') }} / 3600000)
    end as transit_hours,
    folded.attempt_count,
    folded.exception_count,
    latest_exception.exception_reason as last_exception_reason,
    folded.first_event_at,
    folded.last_event_at,
    folded.event_count,
    folded.has_late_events
from folded
inner join latest on folded.shipment_id = latest.shipment_id
inner join earliest on folded.shipment_id = earliest.shipment_id
left join latest_exception on folded.shipment_id = latest_exception.shipment_id
