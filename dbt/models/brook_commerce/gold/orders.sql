with

events as (

    select *, {{ lifecycle_rank() }} as lifecycle
    from {{ ref('orders_events') }}

),

folded as (

    select
        order_id,
        max(lifecycle) as furthest,
        min(case when event_type = 'order.created' then happened_at end) as created_at,
        min(case when event_type = 'order.paid' then happened_at end) as paid_at,
        min(case when event_type = 'order.shipped' then happened_at end) as shipped_at,
        min(case when event_type = 'order.canceled' then happened_at end) as canceled_at,
        min(case when event_type = 'order.refunded' then happened_at end) as refunded_at,
        min(happened_at) as first_event_at,
        max(happened_at) as last_event_at,
        count(*) as event_count,
        max(case when is_late then 1 else 0 end) = 1 as has_late_events
    from events
    group by order_id

),

latest as (

    select *
    from events
    {{ latest_version_of_order() }}

)

select
    folded.order_id,
    case folded.furthest
        when 1 then 'created' when 2 then 'paid' when 3 then 'shipped' when 4 then 'canceled' when 5 then 'refunded'
    end as state,
    latest.customer_id,
    latest.customer_email,
    latest.customer_name,
    latest.customer_phone,
    latest.region,
    latest.currency as paid_currency,
    latest.total_usd,
    latest.coupon,
    latest.shipping_address_line1 as shipping_line1,
    latest.shipping_address_city as shipping_city,
    latest.shipping_address_postal_code as shipping_postal_code,
    latest.shipping_address_country as shipping_country,
    folded.created_at,
    folded.paid_at,
    folded.shipped_at,
    folded.canceled_at,
    folded.refunded_at,
    {{ array_length('latest.items') }} as line_count,
    folded.first_event_at,
    folded.last_event_at,
    folded.event_count,
    folded.has_late_events
from folded
inner join latest on folded.order_id = latest.order_id
