{{ config(tags=['recount']) }}

{{ miscounted_events(ref('orders_events'), source('brook_commerce_bronze', 'orders_events_v1')) }}
