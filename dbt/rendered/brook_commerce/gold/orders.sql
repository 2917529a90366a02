-- What dbt sends to Snowflake for BROOK_COMMERCE.GOLD.ORDERS. Written by npm run render; do not edit.
create or replace dynamic table "BROOK_COMMERCE"."GOLD"."ORDERS" (
    "ORDER_ID" VARCHAR WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Identifies the order.',
    "STATE" VARCHAR WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How far the order is: the type of the event that is furthest in the lifecycle, of all its events whatever their times, without its `order.`.',
    "CUSTOMER_ID" VARCHAR WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'confidential') COMMENT 'Pseudonymous id of the customer, from the latest version.',
    "CUSTOMER_EMAIL" VARCHAR WITH MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_EMAIL" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'pii', "BROOK_COMMERCE"."OPS"."PHI_KIND" = 'email') COMMENT 'The customer''s e-mail address, from the latest version.',
    "CUSTOMER_NAME" VARCHAR WITH MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_NAME" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'pii', "BROOK_COMMERCE"."OPS"."PHI_KIND" = 'name') COMMENT 'The customer''s full name, from the latest version.',
    "CUSTOMER_PHONE" VARCHAR WITH MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_PHONE" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'pii', "BROOK_COMMERCE"."OPS"."PHI_KIND" = 'phone') COMMENT 'The customer''s phone number, from the latest version; null where it has none.',
    "REGION" VARCHAR WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Sales region, from the latest version; rows are visible by it.',
    "PAID_CURRENCY" VARCHAR WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'ISO 4217 code of the currency that the customer paid in: `currency` of the latest version. No amount is in it.',
    "TOTAL_USD" NUMBER(12,2) WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'confidential') COMMENT 'Order total in US dollars, from the latest version, rounded to cents (half away from zero).',
    "COUPON" VARCHAR WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Coupon code, from the latest version; null where it has none.',
    "SHIPPING_LINE1" VARCHAR WITH MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_ADDRESS" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'pii', "BROOK_COMMERCE"."OPS"."PHI_KIND" = 'address') COMMENT 'Street and number of the address that it goes to, from the latest version.',
    "SHIPPING_CITY" VARCHAR WITH MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_ADDRESS" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'pii', "BROOK_COMMERCE"."OPS"."PHI_KIND" = 'address') COMMENT 'Town or city of the address that it goes to, from the latest version.',
    "SHIPPING_POSTAL_CODE" VARCHAR WITH MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_POSTAL_CODE" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'pii', "BROOK_COMMERCE"."OPS"."PHI_KIND" = 'postal_code') COMMENT 'Postal code of the address that it goes to, from the latest version.',
    "SHIPPING_COUNTRY" VARCHAR WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'ISO 3166-1 alpha-2 code of the country that it goes to, from the latest version.',
    "CREATED_AT" TIMESTAMP_TZ WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The earliest time at which an order.created of it happened; null where there is none.',
    "PAID_AT" TIMESTAMP_TZ WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The earliest time at which an order.paid of it happened; null where there is none.',
    "SHIPPED_AT" TIMESTAMP_TZ WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The earliest time at which an order.shipped of it happened; null where there is none.',
    "CANCELED_AT" TIMESTAMP_TZ WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The earliest time at which an order.canceled of it happened; null where there is none.',
    "REFUNDED_AT" TIMESTAMP_TZ WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The earliest time at which an order.refunded of it happened; null where there is none.',
    "LINE_COUNT" NUMBER(38,0) WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many items the latest version has.',
    "FIRST_EVENT_AT" TIMESTAMP_TZ WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The earliest time at which any event of it happened.',
    "LAST_EVENT_AT" TIMESTAMP_TZ WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The latest time at which any event of it happened.',
    "EVENT_COUNT" NUMBER(38,0) WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many events it has, each event_id counted once.',
    "HAS_LATE_EVENTS" BOOLEAN WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Whether any of its events has IS_LATE, which is set where an event came after the stream''s watermark.'
)
    TARGET_LAG = '300 seconds'
    WAREHOUSE = "BROOK_COMMERCE_TRANSFORM_WH"
    REFRESH_MODE = AUTO
    INITIALIZE = ON_CREATE
    DATA_RETENTION_TIME_IN_DAYS = 7
    COMMENT = 'One row per order, folded from all of its events, in whichever order they came. (definition d29849841438f14ec956d12093b00176)'
    COPY GRANTS
    WITH ROW ACCESS POLICY "BROOK_COMMERCE"."OPS"."ROWS_BY_REGION" ON ("REGION")
    WITH TAG ("BROOK_COMMERCE"."OPS"."HIGHEST_CLASS" = 'pii', "BROOK_COMMERCE"."OPS"."DATA_PRODUCT" = 'orders', "BROOK_COMMERCE"."OPS"."RETENTION_DAYS" = '1825')
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
        partition by order_id
        order by happened_at desc, case event_type
        when 'order.created' then 1
        when 'order.paid' then 2
        when 'order.shipped' then 3
        when 'order.canceled' then 4
        when 'order.refunded' then 5
    end desc, event_id desc
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
    cast(array_size(latest.items) as number(38, 0)) as line_count,
    folded.first_event_at,
    folded.last_event_at,
    folded.event_count,
    folded.has_late_events
from folded
inner join latest on folded.order_id = latest.order_id
);

grant select on dynamic table "BROOK_COMMERCE"."GOLD"."ORDERS" to database role "BROOK_COMMERCE"."GOLD_READ_ORDERS";
