-- What dbt sends to Snowflake for BROOK_LOGISTICS.GOLD.DELIVERY_PROMISE. Written by npm run render; do not edit.
create or replace dynamic table "BROOK_LOGISTICS"."GOLD"."DELIVERY_PROMISE" (
    "ORDER_ID" VARCHAR WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Pseudonymous id of the order; BROOK_COMMERCE names it so, too.',
    "REGION" VARCHAR WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Region that the shipments go to; rows are visible by it.',
    "SERVICE_LEVEL" VARCHAR WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How fast it was promised to be: of the shipment that began first (of several the one with the least shipment_id, texts compared by code point).',
    "SHIPMENT_COUNT" NUMBER(38,0) WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many shipments the order has in that region.',
    "DELIVERED_COUNT" NUMBER(38,0) WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many of them have a delivered_at.',
    "MOVED_COUNT" NUMBER(38,0) WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many of them have a promised_at that is not their first_promised_at.',
    "STARTED_AT" TIMESTAMP_TZ WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'When the first of them began.',
    "PROMISED_AT" TIMESTAMP_TZ WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'By when all of them were promised at first: the latest of their first_promised_at.',
    "DELIVERED_AT" TIMESTAMP_TZ WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'When the last of them was there: the latest of their delivered_at; null where one has none.',
    "PROMISED_HOURS" NUMBER(38,0) WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Whole hours from started_at to promised_at: each of the two rounded down to the millisecond, the milliseconds between them by 3,600,000, rounded down; null where promised_at is earlier.',
    "ACTUAL_HOURS" NUMBER(38,0) WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Whole hours from started_at to delivered_at, as promised_hours counts them; null where delivered_at is null or earlier.',
    "PROMISE_KEPT" BOOLEAN WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'False where the promise of one of them is broken: its delivered_at is after its first_promised_at, or it has none and its state is returned; else true where all have a delivered_at; else null, for it is open.',
    "LAST_EVENT_AT" TIMESTAMP_TZ WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The latest last_event_at of them.'
)
    TARGET_LAG = '300 seconds'
    WAREHOUSE = "BROOK_LOGISTICS_TRANSFORM_WH"
    REFRESH_MODE = AUTO
    INITIALIZE = ON_CREATE
    DATA_RETENTION_TIME_IN_DAYS = 7
    COMMENT = 'One row per order and region that its shipments go to. (definition c27095d8ab489be97074b7c0badfe8e5)'
    COPY GRANTS
    WITH ROW ACCESS POLICY "BROOK_LOGISTICS"."OPS"."ROWS_BY_REGION" ON ("REGION")
    WITH TAG ("BROOK_LOGISTICS"."OPS"."HIGHEST_CLASS" = 'internal', "BROOK_LOGISTICS"."OPS"."DATA_PRODUCT" = 'delivery_promise', "BROOK_LOGISTICS"."OPS"."RETENTION_DAYS" = '1825')
as
select
    cast("ORDER_ID" as VARCHAR) as "ORDER_ID",
    cast("REGION" as VARCHAR) as "REGION",
    cast("SERVICE_LEVEL" as VARCHAR) as "SERVICE_LEVEL",
    cast("SHIPMENT_COUNT" as NUMBER(38,0)) as "SHIPMENT_COUNT",
    cast("DELIVERED_COUNT" as NUMBER(38,0)) as "DELIVERED_COUNT",
    cast("MOVED_COUNT" as NUMBER(38,0)) as "MOVED_COUNT",
    cast("STARTED_AT" as TIMESTAMP_TZ) as "STARTED_AT",
    cast("PROMISED_AT" as TIMESTAMP_TZ) as "PROMISED_AT",
    cast("DELIVERED_AT" as TIMESTAMP_TZ) as "DELIVERED_AT",
    cast("PROMISED_HOURS" as NUMBER(38,0)) as "PROMISED_HOURS",
    cast("ACTUAL_HOURS" as NUMBER(38,0)) as "ACTUAL_HOURS",
    cast("PROMISE_KEPT" as BOOLEAN) as "PROMISE_KEPT",
    cast("LAST_EVENT_AT" as TIMESTAMP_TZ) as "LAST_EVENT_AT"
from (
with

shipments as (

    select
        *,
        coalesce(created_at, first_event_at) as started_at
    from "BROOK_LOGISTICS"."GOLD"."SHIPMENTS"

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
            then floor(datediff('millisecond', ended.started_at, ended.promised_at) / 3600000)
    end as promised_hours,
    case
        when ended.delivered_at >= ended.started_at
            then floor(datediff('millisecond', ended.started_at, ended.delivered_at) / 3600000)
    end as actual_hours,
    case
        when ended.broken_count > 0 then false
        when ended.delivered_count = ended.shipment_count then true
    end as promise_kept,
    ended.last_event_at
from ended
inner join first_shipment on ended.order_id = first_shipment.order_id and ended.region = first_shipment.region
);

grant select on dynamic table "BROOK_LOGISTICS"."GOLD"."DELIVERY_PROMISE" to database role "BROOK_LOGISTICS"."GOLD_READ_DELIVERY_PROMISE";
