-- What dbt sends to Snowflake for BROOK_LOGISTICS.GOLD.CARRIER_PERFORMANCE. Written by npm run render; do not edit.
create or replace dynamic table "BROOK_LOGISTICS"."GOLD"."CARRIER_PERFORMANCE" (
    "CARRIER" VARCHAR WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Code of the carrier.',
    "SERVICE_LEVEL" VARCHAR WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How fast the shipments were promised to be.',
    "REGION" VARCHAR WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Region that they go to; rows are visible by it.',
    "SHIP_DATE" DATE WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The day in UTC on which they began: of created_at, or of first_event_at where that is null.',
    "SHIPMENT_COUNT" NUMBER(38,0) WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many shipments there are.',
    "DELIVERED_COUNT" NUMBER(38,0) WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many of them have a delivered_at.',
    "ON_TIME_COUNT" NUMBER(38,0) WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many of them are on_time. By delivered_count it is the share that was on time.',
    "RETURNED_COUNT" NUMBER(38,0) WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many of them are in state returned.',
    "ATTEMPT_COUNT" NUMBER(38,0) WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The sum of their attempt_count.',
    "EXCEPTION_COUNT" NUMBER(38,0) WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The sum of their exception_count.',
    "TRANSIT_COUNT" NUMBER(38,0) WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many of them have transit_hours: what the three columns after this one are of.',
    "TRANSIT_HOURS_TOTAL" NUMBER(38,0) WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The sum of their transit_hours; 0 where none has any.',
    "TRANSIT_HOURS_MEDIAN" NUMBER(38,0) WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The least of their transit_hours that at least half of them do not exceed; null where none has any.',
    "TRANSIT_HOURS_P90" NUMBER(38,0) WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The least of their transit_hours that at least nine tenths of them do not exceed; null where none has any.',
    "LAST_EVENT_AT" TIMESTAMP_TZ WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The latest last_event_at of them.'
)
    TARGET_LAG = '300 seconds'
    WAREHOUSE = "BROOK_LOGISTICS_TRANSFORM_WH"
    REFRESH_MODE = AUTO
    INITIALIZE = ON_CREATE
    DATA_RETENTION_TIME_IN_DAYS = 7
    COMMENT = 'One row per carrier, service level, region and day in UTC on which shipments of them began. (definition d2cfb7a9e3d4638d35cf07130e9bd214)'
    COPY GRANTS
    WITH ROW ACCESS POLICY "BROOK_LOGISTICS"."OPS"."ROWS_BY_REGION" ON ("REGION")
    WITH TAG ("BROOK_LOGISTICS"."OPS"."HIGHEST_CLASS" = 'internal', "BROOK_LOGISTICS"."OPS"."DATA_PRODUCT" = 'carrier_performance', "BROOK_LOGISTICS"."OPS"."RETENTION_DAYS" = '1825')
as
select
    cast("CARRIER" as VARCHAR) as "CARRIER",
    cast("SERVICE_LEVEL" as VARCHAR) as "SERVICE_LEVEL",
    cast("REGION" as VARCHAR) as "REGION",
    cast("SHIP_DATE" as DATE) as "SHIP_DATE",
    cast("SHIPMENT_COUNT" as NUMBER(38,0)) as "SHIPMENT_COUNT",
    cast("DELIVERED_COUNT" as NUMBER(38,0)) as "DELIVERED_COUNT",
    cast("ON_TIME_COUNT" as NUMBER(38,0)) as "ON_TIME_COUNT",
    cast("RETURNED_COUNT" as NUMBER(38,0)) as "RETURNED_COUNT",
    cast("ATTEMPT_COUNT" as NUMBER(38,0)) as "ATTEMPT_COUNT",
    cast("EXCEPTION_COUNT" as NUMBER(38,0)) as "EXCEPTION_COUNT",
    cast("TRANSIT_COUNT" as NUMBER(38,0)) as "TRANSIT_COUNT",
    cast("TRANSIT_HOURS_TOTAL" as NUMBER(38,0)) as "TRANSIT_HOURS_TOTAL",
    cast("TRANSIT_HOURS_MEDIAN" as NUMBER(38,0)) as "TRANSIT_HOURS_MEDIAN",
    cast("TRANSIT_HOURS_P90" as NUMBER(38,0)) as "TRANSIT_HOURS_P90",
    cast("LAST_EVENT_AT" as TIMESTAMP_TZ) as "LAST_EVENT_AT"
from (
with

shipments as (

    select
        *,
        cast(convert_timezone('UTC', coalesce(created_at, first_event_at)) as date) as ship_date
    from "BROOK_LOGISTICS"."GOLD"."SHIPMENTS"

)

select
    carrier,
    service_level,
    region,
    ship_date,
    count(*) as shipment_count,
    count(delivered_at) as delivered_count,
    count(case when on_time then 1 end) as on_time_count,
    count(case when state = 'returned' then 1 end) as returned_count,
    sum(attempt_count) as attempt_count,
    sum(exception_count) as exception_count,
    count(transit_hours) as transit_count,
    coalesce(sum(transit_hours), 0) as transit_hours_total,
    percentile_disc(0.5) within group (order by transit_hours) as transit_hours_median,
    percentile_disc(0.9) within group (order by transit_hours) as transit_hours_p90,
    max(last_event_at) as last_event_at
from shipments
group by carrier, service_level, region, ship_date
);

grant select on dynamic table "BROOK_LOGISTICS"."GOLD"."CARRIER_PERFORMANCE" to database role "BROOK_LOGISTICS"."GOLD_READ_CARRIER_PERFORMANCE";
