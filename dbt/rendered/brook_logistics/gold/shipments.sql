-- What dbt sends to Snowflake for BROOK_LOGISTICS.GOLD.SHIPMENTS. Written by npm run render; do not edit.
create or replace dynamic table "BROOK_LOGISTICS"."GOLD"."SHIPMENTS" (
    "SHIPMENT_ID" VARCHAR WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Identifies the shipment.',
    "ORDER_ID" VARCHAR WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Pseudonymous id of the order that it belongs to, from the latest version; BROOK_COMMERCE names it so, too.',
    "STATE" VARCHAR WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How far the shipment is: the type of the event that is furthest in the course, of all its events whatever their times, without its `shipment.`; `exception` where all of them are shipment.exception.',
    "CARRIER" VARCHAR WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Code of the carrier, from the latest version.',
    "SERVICE_LEVEL" VARCHAR WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How fast it was promised to be, from the latest version.',
    "ORIGIN_REGION" VARCHAR WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Region that it comes from, from the latest version.',
    "ORIGIN_COUNTRY" VARCHAR WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'ISO 3166-1 alpha-2 code of the country that it comes from, from the latest version.',
    "REGION" VARCHAR WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Region that it goes to, from the latest version; rows are visible by it.',
    "DESTINATION_COUNTRY" VARCHAR WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'ISO 3166-1 alpha-2 code of the country that it goes to, from the latest version.',
    "DESTINATION_POSTAL_AREA" VARCHAR WITH MASKING POLICY "BROOK_LOGISTICS"."OPS"."MASK_POSTAL_CODE" WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'pii', "BROOK_LOGISTICS"."OPS"."PHI_KIND" = 'postal_code') COMMENT 'What landed of the postal code that it goes to, from the latest version: the first three digits of a ZIP code where enough people live there; null where nothing did.',
    "RECIPIENT_NAME" VARCHAR WITH MASKING POLICY "BROOK_LOGISTICS"."OPS"."MASK_NAME" WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'pii', "BROOK_LOGISTICS"."OPS"."PHI_KIND" = 'name') COMMENT 'The recipient''s full name, from the latest version.',
    "RECIPIENT_PHONE" VARCHAR WITH MASKING POLICY "BROOK_LOGISTICS"."OPS"."MASK_PHONE" WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'pii', "BROOK_LOGISTICS"."OPS"."PHI_KIND" = 'phone') COMMENT 'The recipient''s phone number, from the latest version; null where it has none.',
    "RECIPIENT_EMAIL" VARCHAR WITH MASKING POLICY "BROOK_LOGISTICS"."OPS"."MASK_EMAIL" WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'pii', "BROOK_LOGISTICS"."OPS"."PHI_KIND" = 'email') COMMENT 'The recipient''s e-mail address, from the latest version; null where it has none.',
    "WEIGHT_KG" NUMBER(9,3) WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Weight in kilograms, from the latest version, rounded to grams (half away from zero).',
    "FIRST_PROMISED_AT" TIMESTAMP_TZ WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'By when it was promised to be there at first: `promised_at` of the first version.',
    "PROMISED_AT" TIMESTAMP_TZ WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'By when it is promised to be there: `promised_at` of the latest version.',
    "CREATED_AT" TIMESTAMP_TZ WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The earliest time at which a shipment.created of it happened; null where there is none.',
    "PICKED_UP_AT" TIMESTAMP_TZ WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The earliest time at which a shipment.picked_up of it happened; null where there is none.',
    "DELIVERED_AT" TIMESTAMP_TZ WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The earliest time at which a shipment.delivered of it happened; null where there is none.',
    "RETURNED_AT" TIMESTAMP_TZ WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The earliest time at which a shipment.returned of it happened; null where there is none.',
    "ON_TIME" BOOLEAN WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Whether it was there in time: delivered_at is not after promised_at; null where delivered_at is null.',
    "TRANSIT_HOURS" NUMBER(38,0) WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Whole hours from picked_up_at to delivered_at: each of the two rounded down to the millisecond, the milliseconds between them by 3,600,000, rounded down; null where one of them is null or delivered_at is earlier.',
    "ATTEMPT_COUNT" NUMBER(38,0) WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many shipment.out_for_delivery it has: each is an attempt to hand it over.',
    "EXCEPTION_COUNT" NUMBER(38,0) WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many shipment.exception it has.',
    "LAST_EXCEPTION_REASON" VARCHAR WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT '`exception_reason` of its shipment.exception with the greatest (time it happened, event_id); null where there is none, or it has none.',
    "FIRST_EVENT_AT" TIMESTAMP_TZ WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The earliest time at which any event of it happened.',
    "LAST_EVENT_AT" TIMESTAMP_TZ WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The latest time at which any event of it happened.',
    "EVENT_COUNT" NUMBER(38,0) WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many events it has, each event_id counted once.',
    "HAS_LATE_EVENTS" BOOLEAN WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Whether any of its events has IS_LATE, which is set where an event came after the stream''s watermark.'
)
    TARGET_LAG = '300 seconds'
    WAREHOUSE = "BROOK_LOGISTICS_TRANSFORM_WH"
    REFRESH_MODE = AUTO
    INITIALIZE = ON_CREATE
    DATA_RETENTION_TIME_IN_DAYS = 7
    COMMENT = 'One row per shipment, folded from all of its events, in whichever order they came. (definition 026feb74bd93494df47aad46ca8b2945)'
    COPY GRANTS
    WITH ROW ACCESS POLICY "BROOK_LOGISTICS"."OPS"."ROWS_BY_REGION" ON ("REGION")
    WITH TAG ("BROOK_LOGISTICS"."OPS"."HIGHEST_CLASS" = 'pii', "BROOK_LOGISTICS"."OPS"."DATA_PRODUCT" = 'shipments', "BROOK_LOGISTICS"."OPS"."RETENTION_DAYS" = '1825')
    FROZEN WHERE ("LAST_EVENT_AT" < current_timestamp() - interval '390 days')
as
select
    cast("SHIPMENT_ID" as VARCHAR) as "SHIPMENT_ID",
    cast("ORDER_ID" as VARCHAR) as "ORDER_ID",
    cast("STATE" as VARCHAR) as "STATE",
    cast("CARRIER" as VARCHAR) as "CARRIER",
    cast("SERVICE_LEVEL" as VARCHAR) as "SERVICE_LEVEL",
    cast("ORIGIN_REGION" as VARCHAR) as "ORIGIN_REGION",
    cast("ORIGIN_COUNTRY" as VARCHAR) as "ORIGIN_COUNTRY",
    cast("REGION" as VARCHAR) as "REGION",
    cast("DESTINATION_COUNTRY" as VARCHAR) as "DESTINATION_COUNTRY",
    cast("DESTINATION_POSTAL_AREA" as VARCHAR) as "DESTINATION_POSTAL_AREA",
    cast("RECIPIENT_NAME" as VARCHAR) as "RECIPIENT_NAME",
    cast("RECIPIENT_PHONE" as VARCHAR) as "RECIPIENT_PHONE",
    cast("RECIPIENT_EMAIL" as VARCHAR) as "RECIPIENT_EMAIL",
    cast("WEIGHT_KG" as NUMBER(9,3)) as "WEIGHT_KG",
    cast("FIRST_PROMISED_AT" as TIMESTAMP_TZ) as "FIRST_PROMISED_AT",
    cast("PROMISED_AT" as TIMESTAMP_TZ) as "PROMISED_AT",
    cast("CREATED_AT" as TIMESTAMP_TZ) as "CREATED_AT",
    cast("PICKED_UP_AT" as TIMESTAMP_TZ) as "PICKED_UP_AT",
    cast("DELIVERED_AT" as TIMESTAMP_TZ) as "DELIVERED_AT",
    cast("RETURNED_AT" as TIMESTAMP_TZ) as "RETURNED_AT",
    cast("ON_TIME" as BOOLEAN) as "ON_TIME",
    cast("TRANSIT_HOURS" as NUMBER(38,0)) as "TRANSIT_HOURS",
    cast("ATTEMPT_COUNT" as NUMBER(38,0)) as "ATTEMPT_COUNT",
    cast("EXCEPTION_COUNT" as NUMBER(38,0)) as "EXCEPTION_COUNT",
    cast("LAST_EXCEPTION_REASON" as VARCHAR) as "LAST_EXCEPTION_REASON",
    cast("FIRST_EVENT_AT" as TIMESTAMP_TZ) as "FIRST_EVENT_AT",
    cast("LAST_EVENT_AT" as TIMESTAMP_TZ) as "LAST_EVENT_AT",
    cast("EVENT_COUNT" as NUMBER(38,0)) as "EVENT_COUNT",
    cast("HAS_LATE_EVENTS" as BOOLEAN) as "HAS_LATE_EVENTS"
from (
with

events as (

    select
        *,
        case event_type
            when 'shipment.created' then 1
            when 'shipment.picked_up' then 2
            when 'shipment.in_transit' then 3
            when 'shipment.out_for_delivery' then 4
            when 'shipment.delivered' then 5
            when 'shipment.returned' then 6
            else 0
        end as step
    from "BROOK_LOGISTICS"."SILVER"."SHIPMENTS_EVENTS"

),

folded as (

    select
        shipment_id,
        max(step) as furthest,
        min(case when event_type = 'shipment.created' then happened_at end) as created_at,
        min(case when event_type = 'shipment.picked_up' then happened_at end) as picked_up_at,
        min(case when event_type = 'shipment.delivered' then happened_at end) as delivered_at,
        min(case when event_type = 'shipment.returned' then happened_at end) as returned_at,
        count(case when event_type = 'shipment.out_for_delivery' then 1 end) as attempt_count,
        count(case when event_type = 'shipment.exception' then 1 end) as exception_count,
        min(happened_at) as first_event_at,
        max(happened_at) as last_event_at,
        count(*) as event_count,
        max(case when is_late then 1 else 0 end) = 1 as has_late_events
    from events
    group by shipment_id

),

latest as (

    select *
    from events
    qualify row_number() over (partition by shipment_id order by happened_at desc, step desc, event_id desc) = 1

),

earliest as (

    select
        shipment_id,
        promised_at
    from events
    qualify row_number() over (partition by shipment_id order by happened_at, step, event_id) = 1

),

latest_exception as (

    select
        shipment_id,
        exception_reason
    from events
    where event_type = 'shipment.exception'
    qualify row_number() over (partition by shipment_id order by happened_at desc, event_id desc) = 1

)

select
    folded.shipment_id,
    latest.order_id,
    case folded.furthest
        when 6 then 'returned'
        when 5 then 'delivered'
        when 4 then 'out_for_delivery'
        when 3 then 'in_transit'
        when 2 then 'picked_up'
        when 1 then 'created'
        else 'exception'
    end as state,
    latest.carrier,
    latest.service_level,
    latest.origin_region,
    latest.origin_country,
    latest.region,
    latest.destination_country,
    latest.destination_postal_code as destination_postal_area,
    latest.recipient_name,
    latest.recipient_phone,
    latest.recipient_email,
    latest.weight_kg,
    earliest.promised_at as first_promised_at,
    latest.promised_at,
    folded.created_at,
    folded.picked_up_at,
    folded.delivered_at,
    folded.returned_at,
    folded.delivered_at <= latest.promised_at as on_time,
    case
        when folded.delivered_at >= folded.picked_up_at
            then floor(datediff('millisecond', folded.picked_up_at, folded.delivered_at) / 3600000)
    end as transit_hours,
    folded.attempt_count,
    folded.exception_count,
    latest_exception.exception_reason as last_exception_reason,
    folded.first_event_at,
    folded.last_event_at,
    folded.event_count,
    folded.has_late_events
from folded
inner join latest on folded.shipment_id = latest.shipment_id
inner join earliest on folded.shipment_id = earliest.shipment_id
left join latest_exception on folded.shipment_id = latest_exception.shipment_id
);

grant select on dynamic table "BROOK_LOGISTICS"."GOLD"."SHIPMENTS" to database role "BROOK_LOGISTICS"."GOLD_READ_SHIPMENTS";
