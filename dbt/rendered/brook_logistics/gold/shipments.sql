-- What dbt sends to Snowflake for BROOK_LOGISTICS.GOLD.SHIPMENTS. Written by npm run render; do not edit.
create or replace dynamic table "BROOK_LOGISTICS"."GOLD"."SHIPMENTS" (
    "SHIPMENT_ID" VARCHAR WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Identifies the shipment.',
    "LAST_EVENT_TYPE" VARCHAR WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The type of the latest event.',
    "REGION" VARCHAR WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Sales region, from the latest event; rows are visible by it.',
    "FIRST_EVENT_AT" TIMESTAMP_TZ WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The earliest time at which an event happened.',
    "LAST_EVENT_AT" TIMESTAMP_TZ WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The latest time at which an event happened.',
    "EVENT_COUNT" NUMBER(38,0) WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many events it has.'
)
    TARGET_LAG = '300 seconds'
    WAREHOUSE = "BROOK_LOGISTICS_TRANSFORM_WH"
    REFRESH_MODE = AUTO
    INITIALIZE = ON_CREATE
    DATA_RETENTION_TIME_IN_DAYS = 7
    COMMENT = 'One row per shipment, folded from all of its events, in whichever order they came. (definition 81a29c960e3b3519e72f008b2626c1a6)'
    COPY GRANTS
    WITH ROW ACCESS POLICY "BROOK_LOGISTICS"."OPS"."ROWS_BY_REGION" ON ("REGION")
    WITH TAG ("BROOK_LOGISTICS"."OPS"."HIGHEST_CLASS" = 'internal', "BROOK_LOGISTICS"."OPS"."DATA_PRODUCT" = 'shipments', "BROOK_LOGISTICS"."OPS"."RETENTION_DAYS" = '1825')
    FROZEN WHERE ("LAST_EVENT_AT" < current_timestamp() - interval '390 days')
as
select
    cast("SHIPMENT_ID" as VARCHAR) as "SHIPMENT_ID",
    cast("LAST_EVENT_TYPE" as VARCHAR) as "LAST_EVENT_TYPE",
    cast("REGION" as VARCHAR) as "REGION",
    cast("FIRST_EVENT_AT" as TIMESTAMP_TZ) as "FIRST_EVENT_AT",
    cast("LAST_EVENT_AT" as TIMESTAMP_TZ) as "LAST_EVENT_AT",
    cast("EVENT_COUNT" as NUMBER(38,0)) as "EVENT_COUNT"
from (
with

events as (

    select * from "BROOK_LOGISTICS"."SILVER"."SHIPMENTS_EVENTS"

),

folded as (

    select
        shipment_id,
        min(happened_at) as first_event_at,
        max(happened_at) as last_event_at,
        count(*) as event_count
    from events
    group by shipment_id

),

latest as (

    select *
    from events
    qualify row_number() over (partition by shipment_id order by happened_at desc, event_id desc) = 1

)

select
    folded.shipment_id,
    latest.event_type as last_event_type,
    latest.region,
    folded.first_event_at,
    folded.last_event_at,
    folded.event_count
from folded
inner join latest on folded.shipment_id = latest.shipment_id
);

grant select on dynamic table "BROOK_LOGISTICS"."GOLD"."SHIPMENTS" to database role "BROOK_LOGISTICS"."GOLD_READ_SHIPMENTS";
