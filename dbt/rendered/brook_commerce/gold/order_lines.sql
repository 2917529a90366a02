-- What dbt sends to Snowflake for BROOK_COMMERCE.GOLD.ORDER_LINES. Written by npm run render; do not edit.
create or replace dynamic table "BROOK_COMMERCE"."GOLD"."ORDER_LINES" (
    "ORDER_ID" VARCHAR WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Identifies the order.',
    "LINE_NUMBER" NUMBER(38,0) WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The place of the item in the latest version, from 1.',
    "SKU" VARCHAR WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Stock keeping unit of the item.',
    "QUANTITY" NUMBER(38,0) WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Pieces ordered.',
    "UNIT_PRICE_USD" NUMBER(14,4) WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Price of one piece in US dollars, rounded to four decimals (half away from zero).',
    "LINE_TOTAL_USD" NUMBER(16,2) WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'quantity × unit_price_usd (as it is in this table) in US dollars, rounded to cents (half away from zero).',
    "CUSTOMER_ID" VARCHAR WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'confidential') COMMENT 'Pseudonymous id of the customer, from the latest version.',
    "REGION" VARCHAR WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Sales region, from the latest version; rows are visible by it.',
    "ORDER_STATE" VARCHAR WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT '`state` of the order: the type of the event that is furthest in the lifecycle, of all its events whatever their times, without its `order.`.',
    "LAST_EVENT_AT" TIMESTAMP_TZ WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The latest time at which any event of the order happened.'
)
    TARGET_LAG = '300 seconds'
    WAREHOUSE = "BROOK_COMMERCE_TRANSFORM_WH"
    REFRESH_MODE = AUTO
    INITIALIZE = ON_CREATE
    DATA_RETENTION_TIME_IN_DAYS = 7
    COMMENT = 'One row per item of the latest version of each order. (definition 8d442cd167d2b52a13e1cd5e12da6bd3)'
    COPY GRANTS
    WITH ROW ACCESS POLICY "BROOK_COMMERCE"."OPS"."ROWS_BY_REGION" ON ("REGION")
    WITH TAG ("BROOK_COMMERCE"."OPS"."HIGHEST_CLASS" = 'confidential', "BROOK_COMMERCE"."OPS"."DATA_PRODUCT" = 'order_lines', "BROOK_COMMERCE"."OPS"."RETENTION_DAYS" = '1825')
    FROZEN WHERE ("LAST_EVENT_AT" < current_timestamp() - interval '390 days')
as
select
    cast("ORDER_ID" as VARCHAR) as "ORDER_ID",
    cast("LINE_NUMBER" as NUMBER(38,0)) as "LINE_NUMBER",
    cast("SKU" as VARCHAR) as "SKU",
    cast("QUANTITY" as NUMBER(38,0)) as "QUANTITY",
    cast("UNIT_PRICE_USD" as NUMBER(14,4)) as "UNIT_PRICE_USD",
    cast("LINE_TOTAL_USD" as NUMBER(16,2)) as "LINE_TOTAL_USD",
    cast("CUSTOMER_ID" as VARCHAR) as "CUSTOMER_ID",
    cast("REGION" as VARCHAR) as "REGION",
    cast("ORDER_STATE" as VARCHAR) as "ORDER_STATE",
    cast("LAST_EVENT_AT" as TIMESTAMP_TZ) as "LAST_EVENT_AT"
from (
with

latest as (

    select *
    from "BROOK_COMMERCE"."SILVER"."ORDERS_EVENTS"
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

),

lines as (

    select
        latest.order_id,
        item.index + 1 as line_number,
        item.value:"sku"::varchar as sku,
        try_cast(item.value:"quantity"::varchar as number(38,0)) as quantity,
        try_cast(item.value:"unit_price_usd"::varchar as number(14,4)) as unit_price_usd
    from latest
    , lateral flatten(input => latest.items) as item

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
inner join "BROOK_COMMERCE"."GOLD"."ORDERS" as orders on lines.order_id = orders.order_id
);

grant select on dynamic table "BROOK_COMMERCE"."GOLD"."ORDER_LINES" to database role "BROOK_COMMERCE"."GOLD_READ_ORDER_LINES";
