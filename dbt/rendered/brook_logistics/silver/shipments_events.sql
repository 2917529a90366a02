-- What dbt sends to Snowflake for BROOK_LOGISTICS.SILVER.SHIPMENTS_EVENTS. Written by npm run render; do not edit.
create table if not exists "BROOK_LOGISTICS"."SILVER"."SHIPMENTS_EVENTS" (
    "EVENT_ID" VARCHAR NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Identifies the event.',
    "EVENT_TYPE" VARCHAR NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'What happened.',
    "EVENT_TS" TIMESTAMP_TZ NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'When it happened, by the producer''s clock; in UTC.',
    "HAPPENED_AT" TIMESTAMP_TZ NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'event_ts, or when it arrived (by the source or, if that is earlier, by the collector), where the clock was ahead of that. All of GOLD goes by it.',
    "SENT_AT" TIMESTAMP_TZ NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'When the producer handed the event over.',
    "SCHEMA_VERSION" VARCHAR NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The version of this contract that the producer wrote.',
    "SHIPMENT_ID" VARCHAR NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Identifies the shipment; the key of the topic.',
    "ORDER_ID" VARCHAR NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Pseudonymous id of the order that it belongs to, as commerce names it; an order may have several.',
    "CARRIER" VARCHAR NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Code of the carrier that has it.',
    "SERVICE_LEVEL" VARCHAR NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How fast it was promised to be.',
    "ORIGIN_REGION" VARCHAR NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Region that it comes from.',
    "ORIGIN_COUNTRY" VARCHAR NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'ISO 3166-1 alpha-2 code.',
    "ORIGIN_POSTAL_CODE" VARCHAR WITH MASKING POLICY "BROOK_LOGISTICS"."OPS"."MASK_POSTAL_CODE" WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'pii', "BROOK_LOGISTICS"."OPS"."PHI_KIND" = 'postal_code') COMMENT 'Postal code; the first three digits of a ZIP code land, where enough people live there.',
    "DESTINATION_COUNTRY" VARCHAR NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'ISO 3166-1 alpha-2 code.',
    "DESTINATION_POSTAL_CODE" VARCHAR WITH MASKING POLICY "BROOK_LOGISTICS"."OPS"."MASK_POSTAL_CODE" WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'pii', "BROOK_LOGISTICS"."OPS"."PHI_KIND" = 'postal_code') COMMENT 'Postal code; the first three digits of a ZIP code land, where enough people live there.',
    "REGION" VARCHAR NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Region that it goes to; rows are visible by it.',
    "RECIPIENT_NAME" VARCHAR NOT NULL WITH MASKING POLICY "BROOK_LOGISTICS"."OPS"."MASK_NAME" WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'pii', "BROOK_LOGISTICS"."OPS"."PHI_KIND" = 'name') COMMENT 'The recipient''s full name.',
    "RECIPIENT_PHONE" VARCHAR WITH MASKING POLICY "BROOK_LOGISTICS"."OPS"."MASK_PHONE" WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'pii', "BROOK_LOGISTICS"."OPS"."PHI_KIND" = 'phone') COMMENT 'The recipient''s phone number, for the driver.',
    "RECIPIENT_EMAIL" VARCHAR WITH MASKING POLICY "BROOK_LOGISTICS"."OPS"."MASK_EMAIL" WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'pii', "BROOK_LOGISTICS"."OPS"."PHI_KIND" = 'email') COMMENT 'The recipient''s e-mail address, for news of the shipment.',
    "PROMISED_AT" TIMESTAMP_TZ NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'By when it was promised to be there, as it is known at the event; a carrier may move it.',
    "WEIGHT_KG" NUMBER(9,3) NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Weight in kilograms.',
    "EXCEPTION_REASON" VARCHAR WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Why it did not go on, in a shipment.exception.',
    "IS_LATE" BOOLEAN NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Whether it came after the stream''s watermark.',
    "IS_CLOCK_AHEAD" BOOLEAN NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Whether event_ts is more than 60 seconds after it arrived: SOURCE_TS, but INGESTED_AT where that is null or later.',
    "DUPLICATES" NUMBER(38,0) NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many other rows of BRONZE have its key.',
    "INGESTED_AT" TIMESTAMP_TZ NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'When the collector made the row of BRONZE.',
    "CONTRACT_VERSION" VARCHAR NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The contract version that judged it.',
    "RECORD_ID" VARCHAR NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Names its row of BRONZE: source/epoch/partition/offset.',
    "LANDED_ORDER" VARCHAR NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Text that sorts as rows landed: of one key, the greatest counts.'
)
    DATA_RETENTION_TIME_IN_DAYS = 7
    CHANGE_TRACKING = TRUE
    COMMENT = 'The landed events of shipments_events_v1, typed, one row per event_id: of several the one that landed last. Nothing is folded, so that a late correction reaches all of GOLD.'
    WITH ROW ACCESS POLICY "BROOK_LOGISTICS"."OPS"."ROWS_BY_REGION" ON ("REGION")
    WITH TAG ("BROOK_LOGISTICS"."OPS"."HIGHEST_CLASS" = 'pii', "BROOK_LOGISTICS"."OPS"."DATA_PRODUCT" = 'shipments', "BROOK_LOGISTICS"."OPS"."RETENTION_DAYS" = '400');

create stream if not exists "BROOK_LOGISTICS"."SILVER"."SHIPMENTS_EVENTS__SHIPMENTS_EVENTS_V1"
    on table "BROOK_LOGISTICS"."BRONZE"."SHIPMENTS_EVENTS_V1"
    append_only = true
    show_initial_rows = true;

create or alter task "BROOK_LOGISTICS"."SILVER"."SHIPMENTS_EVENTS__TASK"
    USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = 'XSMALL'
    OVERLAP_POLICY = NO_OVERLAP
    SUSPEND_TASK_AFTER_NUM_FAILURES = 5
    COMMENT = 'Fills SHIPMENTS_EVENTS (definition d585012dba80bd42d4706d113b77a363, governance 27ea389ac5d12df8274b8a0d2f2a592e)'
    TASK_AUTO_RETRY_ATTEMPTS = 2
    USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS = 30
    TARGET_COMPLETION_INTERVAL = '1 MINUTES'
    when
        system$stream_has_data('BROOK_LOGISTICS.SILVER.SHIPMENTS_EVENTS__SHIPMENTS_EVENTS_V1')
as
merge into "BROOK_LOGISTICS"."SILVER"."SHIPMENTS_EVENTS" as t
    using (
        with

landed as (

    select
        *,
        payload as parsed
    from "BROOK_LOGISTICS"."SILVER"."SHIPMENTS_EVENTS__SHIPMENTS_EVENTS_V1"
    where outcome = 'landed'

),

typed as (

    select
        event_id,
        event_type,
        event_ts,
        case when event_ts > least(coalesce(source_ts, ingested_at), ingested_at) + interval '60 seconds' then least(coalesce(source_ts, ingested_at), ingested_at) else event_ts end as happened_at,

        try_cast(parsed:"sent_at"::varchar as timestamp_tz) as sent_at,
        parsed:"schema_version"::varchar as schema_version,
        parsed:"shipment_id"::varchar as shipment_id,
        parsed:"order_id"::varchar as order_id,
        parsed:"carrier"::varchar as carrier,
        parsed:"service_level"::varchar as service_level,
        parsed:"origin"."region"::varchar as origin_region,
        parsed:"origin"."country"::varchar as origin_country,
        parsed:"origin"."postal_code"::varchar as origin_postal_code,
        parsed:"destination"."country"::varchar as destination_country,
        parsed:"destination"."postal_code"::varchar as destination_postal_code,
        parsed:"region"::varchar as region,
        parsed:"recipient"."name"::varchar as recipient_name,
        parsed:"recipient"."phone"::varchar as recipient_phone,
        parsed:"recipient"."email"::varchar as recipient_email,
        try_cast(parsed:"promised_at"::varchar as timestamp_tz) as promised_at,
        try_cast(parsed:"weight_kg"::varchar as number(9,3)) as weight_kg,
        parsed:"exception_reason"::varchar as exception_reason,
        is_late,
        event_ts > least(coalesce(source_ts, ingested_at), ingested_at) + interval '60 seconds' as is_clock_ahead,
        ingested_at,
        contract_version,
        source || '/' || cast(source_epoch as varchar) || '/' || source_partition || '/' || source_offset as record_id,
        to_char(convert_timezone('UTC', ingested_at), 'YYYY-MM-DD"T"HH24:MI:SS.FF6') || '/' || source || '/' || lpad(cast(source_epoch as varchar), 10, '0')
    || '/' || source_partition || '/' || lpad(split_part(source_offset, ':', 1), 80, '0')
    || lpad(split_part(source_offset, ':', 2), 20, '0') as landed_order
    from landed

)

select
    *,
    count(*) over (partition by event_id) - 1 as duplicates
from typed
qualify row_number() over (partition by event_id order by landed_order desc) = 1
    ) as s
        on t."EVENT_ID" = s."EVENT_ID"
    when matched and s."LANDED_ORDER" > t."LANDED_ORDER" then update set
        "EVENT_TYPE" = s."EVENT_TYPE",
        "EVENT_TS" = s."EVENT_TS",
        "HAPPENED_AT" = s."HAPPENED_AT",
        "SENT_AT" = s."SENT_AT",
        "SCHEMA_VERSION" = s."SCHEMA_VERSION",
        "SHIPMENT_ID" = s."SHIPMENT_ID",
        "ORDER_ID" = s."ORDER_ID",
        "CARRIER" = s."CARRIER",
        "SERVICE_LEVEL" = s."SERVICE_LEVEL",
        "ORIGIN_REGION" = s."ORIGIN_REGION",
        "ORIGIN_COUNTRY" = s."ORIGIN_COUNTRY",
        "ORIGIN_POSTAL_CODE" = s."ORIGIN_POSTAL_CODE",
        "DESTINATION_COUNTRY" = s."DESTINATION_COUNTRY",
        "DESTINATION_POSTAL_CODE" = s."DESTINATION_POSTAL_CODE",
        "REGION" = s."REGION",
        "RECIPIENT_NAME" = s."RECIPIENT_NAME",
        "RECIPIENT_PHONE" = s."RECIPIENT_PHONE",
        "RECIPIENT_EMAIL" = s."RECIPIENT_EMAIL",
        "PROMISED_AT" = s."PROMISED_AT",
        "WEIGHT_KG" = s."WEIGHT_KG",
        "EXCEPTION_REASON" = s."EXCEPTION_REASON",
        "IS_LATE" = s."IS_LATE",
        "IS_CLOCK_AHEAD" = s."IS_CLOCK_AHEAD",
        "INGESTED_AT" = s."INGESTED_AT",
        "CONTRACT_VERSION" = s."CONTRACT_VERSION",
        "RECORD_ID" = s."RECORD_ID",
        "LANDED_ORDER" = s."LANDED_ORDER",
        "DUPLICATES" = t."DUPLICATES" + s."DUPLICATES" + 1
    when matched then update set
        "DUPLICATES" = t."DUPLICATES" + s."DUPLICATES" + 1
    when not matched then insert ("EVENT_ID", "EVENT_TYPE", "EVENT_TS", "HAPPENED_AT", "SENT_AT", "SCHEMA_VERSION", "SHIPMENT_ID", "ORDER_ID", "CARRIER", "SERVICE_LEVEL", "ORIGIN_REGION", "ORIGIN_COUNTRY", "ORIGIN_POSTAL_CODE", "DESTINATION_COUNTRY", "DESTINATION_POSTAL_CODE", "REGION", "RECIPIENT_NAME", "RECIPIENT_PHONE", "RECIPIENT_EMAIL", "PROMISED_AT", "WEIGHT_KG", "EXCEPTION_REASON", "IS_LATE", "IS_CLOCK_AHEAD", "DUPLICATES", "INGESTED_AT", "CONTRACT_VERSION", "RECORD_ID", "LANDED_ORDER")
        values (s."EVENT_ID", s."EVENT_TYPE", s."EVENT_TS", s."HAPPENED_AT", s."SENT_AT", s."SCHEMA_VERSION", s."SHIPMENT_ID", s."ORDER_ID", s."CARRIER", s."SERVICE_LEVEL", s."ORIGIN_REGION", s."ORIGIN_COUNTRY", s."ORIGIN_POSTAL_CODE", s."DESTINATION_COUNTRY", s."DESTINATION_POSTAL_CODE", s."REGION", s."RECIPIENT_NAME", s."RECIPIENT_PHONE", s."RECIPIENT_EMAIL", s."PROMISED_AT", s."WEIGHT_KG", s."EXCEPTION_REASON", s."IS_LATE", s."IS_CLOCK_AHEAD", s."DUPLICATES", s."INGESTED_AT", s."CONTRACT_VERSION", s."RECORD_ID", s."LANDED_ORDER");

alter task "BROOK_LOGISTICS"."SILVER"."SHIPMENTS_EVENTS__TASK" resume;
