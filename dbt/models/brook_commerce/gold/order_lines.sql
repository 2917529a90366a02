with

latest as (

    select *
    from {{ ref('orders_events') }}
    {{ latest_version_of_order() }}

),

lines as (

    select
        latest.order_id,
        {{ element_number('item') }} as line_number,
        {{ json_value('item.value', ['sku'], 'VARCHAR') }} as sku,
        {{ json_value('item.value', ['quantity'], 'NUMBER(38,0)') }} as quantity,
        {{ json_value('item.value', ['unit_price_usd'], 'NUMBER(14,4)') }} as unit_price_usd
    from latest
    {{ array_elements('latest.items', 'item') }}

)

select
    lines.order_id,
    lines.line_number,
    lines.sku,
    lines.quantity,
    lines.unit_price_usd,
    round(lines.quantity * lines.unit_price_usd, 2) as line_total_usd,
    orders.customer_id,
    orders.region,
    orders.state as order_state,
    orders.last_event_at
from lines
inner join {{ ref('orders') }} as orders on lines.order_id = orders.order_id
