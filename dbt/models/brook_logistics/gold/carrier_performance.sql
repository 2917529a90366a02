with

shipments as (

    select
        *,
        {{ utc_date('coalesce(created_at, first_event_at)') }} as ship_date
    from {{ ref('shipments') }}

)

select
    carrier,
    service_level,
    region,
    ship_date,
    count(*) as shipment_count,
    count(delivered_at) as delivered_count,
    count(case when on_time then 1 end) as on_time_count,
    count(case when state = 'returned' then 1 end) as returned_count,
    sum(attempt_count) as attempt_count,
    sum(exception_count) as exception_count,
    count(transit_hours) as transit_count,
    coalesce(sum(transit_hours), 0) as transit_hours_total,
    percentile_disc(0.5) within group (order by transit_hours) as transit_hours_median,
    percentile_disc(0.9) within group (order by transit_hours) as transit_hours_p90,
    max(last_event_at) as last_event_at
from shipments
group by carrier, service_level, region, ship_date
