with

shipments as (

    select
        *,
        coalesce(created_at, first_event_at) as started_at
    from {{ ref('shipments') }}

),

first_shipment as (

    select
        order_id,
        region,
        service_level
    from shipments
    qualify row_number() over (partition by order_id, region order by started_at, shipment_id) = 1

),

folded as (

    select
        order_id,
        region,
        count(*) as shipment_count,
        count(delivered_at) as delivered_count,
        count(case when promised_at <> first_promised_at then 1 end) as moved_count,
        count(case
            when delivered_at > first_promised_at or (delivered_at is null and state = 'returned') then 1
        end) as broken_count,
        min(started_at) as started_at,
        max(first_promised_at) as promised_at,
        max(delivered_at) as last_delivered_at,
        max(last_event_at) as last_event_at
    from shipments
    group by order_id, region

),

ended as (

    select
        *,
        case when delivered_count = shipment_count then last_delivered_at end as delivered_at
    from folded

)

select
    ended.order_id,
    ended.region,
    first_shipment.service_level,
    ended.shipment_count,
    ended.delivered_count,
    ended.moved_count,
    ended.started_at,
    ended.promised_at,
    ended.delivered_at,
    case
        when ended.promised_at >= ended.started_at
            then floor({{ milliseconds_between('ended.started_at', 'ended.promised_at') }} / 3600000)
    end as promised_hours,
    case
        when ended.delivered_at >= ended.started_at
            then floor({{ milliseconds_between('ended.started_at', 'ended.delivered_at') }} / 3600000)
    end as actual_hours,
    case
        when ended.broken_count > 0 then false
        when ended.delivered_count = ended.shipment_count then true
    end as promise_kept,
    ended.last_event_at
from ended
inner join first_shipment on ended.order_id = first_shipment.order_id and ended.region = first_shipment.region
