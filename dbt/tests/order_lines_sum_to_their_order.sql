-- The producer computes the total of an order from its lines; a cent of difference is rounding.
with

summed as (

    select
        order_id,
        sum(line_total_usd) as lines_usd
    from {{ ref('order_lines') }}
    group by order_id

)

select
    orders.order_id,
    orders.total_usd,
    summed.lines_usd
from {{ ref('orders') }} as orders
left join summed on orders.order_id = summed.order_id
where
    summed.lines_usd is null
    or abs(orders.total_usd - summed.lines_usd) > 0.01
