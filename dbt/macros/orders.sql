{#- How far an order is: a later step wins, whatever the clocks say. -#}
{% macro lifecycle_rank() -%}
    case event_type
        when 'order.created' then 1
        when 'order.paid' then 2
        when 'order.shipped' then 3
        when 'order.canceled' then 4
        when 'order.refunded' then 5
    end
{%- endmacro %}

{#- After a FROM: the event of each order that tells what it is now. -#}
{% macro latest_version_of_order() -%}
    qualify row_number() over (
        partition by order_id
        order by happened_at desc, {{ lifecycle_rank() }} desc, event_id desc
    ) = 1
{%- endmacro %}
