-- What dbt sends to Snowflake for BROOK_COMMERCE.GOLD.ORDERS. Written by npm run render; do not edit.
create or replace dynamic table "BROOK_COMMERCE"."GOLD"."ORDERS" (
    "ORDER_ID" VARCHAR COMMENT 'order_id',
    "STATE" VARCHAR COMMENT 'state',
    "CUSTOMER_ID" VARCHAR COMMENT 'customer_id',
    "CUSTOMER_EMAIL" VARCHAR COMMENT 'customer_email',
    "CUSTOMER_NAME" VARCHAR COMMENT 'customer_name',
    "CUSTOMER_PHONE" VARCHAR COMMENT 'customer_phone',
    "REGION" VARCHAR COMMENT 'region',
    "PAID_CURRENCY" VARCHAR COMMENT 'paid_currency',
    "TOTAL_USD" NUMBER(12,2) COMMENT 'total_usd',
    "COUPON" VARCHAR COMMENT 'coupon',
    "SHIPPING_LINE1" VARCHAR COMMENT 'shipping_line1',
    "SHIPPING_CITY" VARCHAR COMMENT 'shipping_city',
    "SHIPPING_POSTAL_CODE" VARCHAR COMMENT 'shipping_postal_code',
    "SHIPPING_COUNTRY" VARCHAR COMMENT 'shipping_country',
    "CREATED_AT" TIMESTAMP_TZ COMMENT 'created_at',
    "PAID_AT" TIMESTAMP_TZ COMMENT 'paid_at',
    "SHIPPED_AT" TIMESTAMP_TZ COMMENT 'shipped_at',
    "CANCELED_AT" TIMESTAMP_TZ COMMENT 'canceled_at',
    "REFUNDED_AT" TIMESTAMP_TZ COMMENT 'refunded_at',
    "LINE_COUNT" NUMBER(38,0) COMMENT 'line_count',
    "FIRST_EVENT_AT" TIMESTAMP_TZ COMMENT 'first_event_at',
    "LAST_EVENT_AT" TIMESTAMP_TZ COMMENT 'last_event_at',
    "EVENT_COUNT" NUMBER(38,0) COMMENT 'event_count',
    "HAS_LATE_EVENTS" BOOLEAN COMMENT 'has_late_events'
)
    TARGET_LAG = ' seconds'
    WAREHOUSE = TRANSFORM_WH
    REFRESH_MODE = AUTO
    INITIALIZE = ON_CREATE
    DATA_RETENTION_TIME_IN_DAYS = 7
    COMMENT = 'ORDERS (definition c854b0528d53f66c140f90209defd829)'
    COPY GRANTS
    FROZEN WHERE ("LAST_EVENT_AT" < current_timestamp() - interval '390 days')
as
select
    cast("ORDER_ID" as VARCHAR) as "ORDER_ID",
    cast("STATE" as VARCHAR) as "STATE",
    cast("CUSTOMER_ID" as VARCHAR) as "CUSTOMER_ID",
    cast("CUSTOMER_EMAIL" as VARCHAR) as "CUSTOMER_EMAIL",
    cast("CUSTOMER_NAME" as VARCHAR) as "CUSTOMER_NAME",
    cast("CUSTOMER_PHONE" as VARCHAR) as "CUSTOMER_PHONE",
    cast("REGION" as VARCHAR) as "REGION",
    cast("PAID_CURRENCY" as VARCHAR) as "PAID_CURRENCY",
    cast("TOTAL_USD" as NUMBER(12,2)) as "TOTAL_USD",
    cast("COUPON" as VARCHAR) as "COUPON",
    cast("SHIPPING_LINE1" as VARCHAR) as "SHIPPING_LINE1",
    cast("SHIPPING_CITY" as VARCHAR) as "SHIPPING_CITY",
    cast("SHIPPING_POSTAL_CODE" as VARCHAR) as "SHIPPING_POSTAL_CODE",
    cast("SHIPPING_COUNTRY" as VARCHAR) as "SHIPPING_COUNTRY",
    cast("CREATED_AT" as TIMESTAMP_TZ) as "CREATED_AT",
    cast("PAID_AT" as TIMESTAMP_TZ) as "PAID_AT",
    cast("SHIPPED_AT" as TIMESTAMP_TZ) as "SHIPPED_AT",
    cast("CANCELED_AT" as TIMESTAMP_TZ) as "CANCELED_AT",
    cast("REFUNDED_AT" as TIMESTAMP_TZ) as "REFUNDED_AT",
    cast("LINE_COUNT" as NUMBER(38,0)) as "LINE_COUNT",
    cast("FIRST_EVENT_AT" as TIMESTAMP_TZ) as "FIRST_EVENT_AT",
    cast("LAST_EVENT_AT" as TIMESTAMP_TZ) as "LAST_EVENT_AT",
    cast("EVENT_COUNT" as NUMBER(38,0)) as "EVENT_COUNT",
    cast("HAS_LATE_EVENTS" as BOOLEAN) as "HAS_LATE_EVENTS"
from (
with

events as (

    select *, case event_type
        when 'order.created' then 1
        when 'order.paid' then 2
        when 'order.shipped' then 3
        when 'order.canceled' then 4
        when 'order.refunded' then 5
    end as lifecycle
    from "BROOK_COMMERCE"."SILVER"."ORDERS_EVENTS"

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
    qualify row_number() over (
        partition by order_id order by happened_at desc, lifecycle desc, event_id desc
    ) = 1

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
    array_size(latest.items) as line_count,
    folded.first_event_at,
    folded.last_event_at,
    folded.event_count,
    folded.has_late_events
from folded
inner join latest on folded.order_id = latest.order_id
);
