-- What dbt sends to Snowflake for BROOK_LOGISTICS.SILVER.SHIPMENTS_EVENTS. Written by npm run render; do not edit.
create table if not exists "BROOK_LOGISTICS"."SILVER"."SHIPMENTS_EVENTS" (
    "EVENT_ID" VARCHAR NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Identifies the event.',
    "EVENT_TYPE" VARCHAR NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'What happened.',
    "EVENT_TS" TIMESTAMP_TZ NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'When it happened, by the producer''s clock; in UTC.',
    "HAPPENED_AT" TIMESTAMP_TZ NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'event_ts, or when it arrived (by the source or, if that is earlier, by the collector), where the clock was ahead of that. All of GOLD goes by it.',
    "SENT_AT" TIMESTAMP_TZ NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'When the producer handed the event over.',
    "SCHEMA_VERSION" VARCHAR NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The version of this contract that the producer wrote.',
    "SHIPMENT_ID" VARCHAR NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Identifies the shipment; the key of the stream.',
    "REGION" VARCHAR NOT NULL WITH TAG ("BROOK_LOGISTICS"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Sales region; rows are visible by it.',
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
    WITH TAG ("BROOK_LOGISTICS"."OPS"."HIGHEST_CLASS" = 'internal', "BROOK_LOGISTICS"."OPS"."DATA_PRODUCT" = 'shipments', "BROOK_LOGISTICS"."OPS"."RETENTION_DAYS" = '400');

create stream if not exists "BROOK_LOGISTICS"."SILVER"."SHIPMENTS_EVENTS__SHIPMENTS_EVENTS_V1"
    on table "BROOK_LOGISTICS"."BRONZE"."SHIPMENTS_EVENTS_V1"
    append_only = true
    show_initial_rows = true;

create or alter task "BROOK_LOGISTICS"."SILVER"."SHIPMENTS_EVENTS__TASK"
    USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = 'XSMALL'
    OVERLAP_POLICY = NO_OVERLAP
    SUSPEND_TASK_AFTER_NUM_FAILURES = 5
    COMMENT = 'Fills SHIPMENTS_EVENTS (definition 19d7c46f8a25f2212a13e0b0d8531817, governance 8eb940d1b055750df53add5236868540)'
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
        parsed:"region"::varchar as region,
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
        "REGION" = s."REGION",
        "IS_LATE" = s."IS_LATE",
        "IS_CLOCK_AHEAD" = s."IS_CLOCK_AHEAD",
        "INGESTED_AT" = s."INGESTED_AT",
        "CONTRACT_VERSION" = s."CONTRACT_VERSION",
        "RECORD_ID" = s."RECORD_ID",
        "LANDED_ORDER" = s."LANDED_ORDER",
        "DUPLICATES" = t."DUPLICATES" + s."DUPLICATES" + 1
    when matched then update set
        "DUPLICATES" = t."DUPLICATES" + s."DUPLICATES" + 1
    when not matched then insert ("EVENT_ID", "EVENT_TYPE", "EVENT_TS", "HAPPENED_AT", "SENT_AT", "SCHEMA_VERSION", "SHIPMENT_ID", "REGION", "IS_LATE", "IS_CLOCK_AHEAD", "DUPLICATES", "INGESTED_AT", "CONTRACT_VERSION", "RECORD_ID", "LANDED_ORDER")
        values (s."EVENT_ID", s."EVENT_TYPE", s."EVENT_TS", s."HAPPENED_AT", s."SENT_AT", s."SCHEMA_VERSION", s."SHIPMENT_ID", s."REGION", s."IS_LATE", s."IS_CLOCK_AHEAD", s."DUPLICATES", s."INGESTED_AT", s."CONTRACT_VERSION", s."RECORD_ID", s."LANDED_ORDER");

alter task "BROOK_LOGISTICS"."SILVER"."SHIPMENTS_EVENTS__TASK" resume;
