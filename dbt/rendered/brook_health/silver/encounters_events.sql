-- What dbt sends to Snowflake for BROOK_HEALTH.SILVER.ENCOUNTERS_EVENTS. Written by npm run render; do not edit.
create table if not exists "BROOK_HEALTH"."SILVER"."ENCOUNTERS_EVENTS" (
    "EVENT_ID" VARCHAR NOT NULL WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Identifies the event.',
    "EVENT_TYPE" VARCHAR NOT NULL WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'What happened.',
    "EVENT_TS" TIMESTAMP_TZ NOT NULL WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'When it happened, by the producer''s clock; in UTC.',
    "HAPPENED_AT" TIMESTAMP_TZ NOT NULL WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'event_ts, or when it arrived (by the source or, if that is earlier, by the collector), where the clock was ahead of that. All of GOLD goes by it.',
    "SENT_AT" TIMESTAMP_TZ NOT NULL WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'When the producer handed the event over.',
    "SCHEMA_VERSION" VARCHAR NOT NULL WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The version of this contract that the producer wrote.',
    "ENCOUNTER_ID" VARCHAR NOT NULL WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Identifies the encounter; the partition key of the stream.',
    "CLASS" VARCHAR NOT NULL WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Kind of encounter.',
    "PATIENT_MRN" VARCHAR NOT NULL WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'identifier', "BROOK_HEALTH"."OPS"."PROTECTED_BY" = 'ingest') COMMENT 'The patient''s medical record number; a token lands in its place.',
    "PATIENT_NAME" VARCHAR NOT NULL WITH MASKING POLICY "BROOK_HEALTH"."OPS"."MASK_NAME" WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'name') COMMENT 'The patient''s full name.',
    "PATIENT_DATE_OF_BIRTH" DATE NOT NULL WITH MASKING POLICY "BROOK_HEALTH"."OPS"."MASK_DATE_OF_BIRTH_DATE" WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'date_of_birth') COMMENT 'The patient''s date of birth.',
    "PATIENT_EMAIL" VARCHAR WITH MASKING POLICY "BROOK_HEALTH"."OPS"."MASK_EMAIL" WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'email') COMMENT 'The patient''s e-mail address; it links the patient to who buys.',
    "PATIENT_PHONE" VARCHAR WITH MASKING POLICY "BROOK_HEALTH"."OPS"."MASK_PHONE" WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'phone') COMMENT 'The patient''s phone number.',
    "PATIENT_ADDRESS_LINE1" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'address', "BROOK_HEALTH"."OPS"."PROTECTED_BY" = 'ingest') COMMENT 'Street and number; it does not land.',
    "PATIENT_ADDRESS_CITY" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'address', "BROOK_HEALTH"."OPS"."PROTECTED_BY" = 'ingest') COMMENT 'Town or city; it does not land.',
    "PATIENT_ADDRESS_POSTAL_CODE" VARCHAR WITH MASKING POLICY "BROOK_HEALTH"."OPS"."MASK_POSTAL_CODE" WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'postal_code') COMMENT 'ZIP code; the first three digits land, where enough people live there.',
    "PATIENT_ADDRESS_COUNTRY" VARCHAR NOT NULL WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'ISO 3166-1 alpha-2 code.',
    "PROVIDER_NPI" VARCHAR NOT NULL WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'pii', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'identifier', "BROOK_HEALTH"."OPS"."PROTECTED_BY" = 'ingest') COMMENT 'National provider identifier of who treated; a token lands in its place.',
    "FACILITY_ID" VARCHAR NOT NULL WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Identifies the facility.',
    "FACILITY_NAME" VARCHAR NOT NULL WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'What it is called.',
    "DEPARTMENT" VARCHAR NOT NULL WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Which part of the facility.',
    "DIAGNOSES" VARIANT NOT NULL WITH MASKING POLICY "BROOK_HEALTH"."OPS"."MASK_FREE_TEXT_VARIANT" WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi') COMMENT 'What was found, the main finding first.',
    "REGION" VARCHAR NOT NULL WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Where it took place; rows are visible by it.',
    "MEMBER_LINK_TOKEN" VARCHAR WITH MASKING POLICY "BROOK_HEALTH"."OPS"."MASK_IDENTIFIER" WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'identifier') COMMENT 'Links the member across domains, made with the link key; null where the event has none.',
    "IS_LATE" BOOLEAN NOT NULL WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Whether it came after the stream''s watermark.',
    "IS_CLOCK_AHEAD" BOOLEAN NOT NULL WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Whether event_ts is more than 60 seconds after it arrived: SOURCE_TS, but INGESTED_AT where that is null or later.',
    "DUPLICATES" NUMBER(38,0) NOT NULL WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many other rows of BRONZE have its key.',
    "INGESTED_AT" TIMESTAMP_TZ NOT NULL WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'When the collector made the row of BRONZE.',
    "CONTRACT_VERSION" VARCHAR NOT NULL WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The contract version that judged it.',
    "RECORD_ID" VARCHAR NOT NULL WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Names its row of BRONZE: source/epoch/partition/offset.',
    "LANDED_ORDER" VARCHAR NOT NULL WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Text that sorts as rows landed: of one key, the greatest counts.'
)
    DATA_RETENTION_TIME_IN_DAYS = 7
    CHANGE_TRACKING = TRUE
    COMMENT = 'The landed events of encounters_events_v1, typed, one row per event_id: of several the one that landed last. Nothing is folded, so that a late correction reaches all of GOLD.'
    WITH ROW ACCESS POLICY "BROOK_HEALTH"."OPS"."ROWS_BY_REGION" ON ("REGION")
    WITH TAG ("BROOK_HEALTH"."OPS"."HIGHEST_CLASS" = 'phi', "BROOK_HEALTH"."OPS"."DATA_PRODUCT" = 'encounters', "BROOK_HEALTH"."OPS"."RETENTION_DAYS" = '400');

create stream if not exists "BROOK_HEALTH"."SILVER"."ENCOUNTERS_EVENTS__ENCOUNTERS_EVENTS_V1"
    on table "BROOK_HEALTH"."BRONZE"."ENCOUNTERS_EVENTS_V1"
    append_only = true
    show_initial_rows = true;

create or alter task "BROOK_HEALTH"."SILVER"."ENCOUNTERS_EVENTS__TASK"
    USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = 'XSMALL'
    OVERLAP_POLICY = NO_OVERLAP
    SUSPEND_TASK_AFTER_NUM_FAILURES = 5
    COMMENT = 'Fills ENCOUNTERS_EVENTS (definition f31e5485ff2185c0514b0ea623470b06, governance eca9207848e76d427d98768de46577e5)'
    TASK_AUTO_RETRY_ATTEMPTS = 2
    USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS = 30
    TARGET_COMPLETION_INTERVAL = '1 MINUTES'
    when
        system$stream_has_data('BROOK_HEALTH.SILVER.ENCOUNTERS_EVENTS__ENCOUNTERS_EVENTS_V1')
as
merge into "BROOK_HEALTH"."SILVER"."ENCOUNTERS_EVENTS" as t
    using (
        with

landed as (

    select
        *,
        payload as parsed
    from "BROOK_HEALTH"."SILVER"."ENCOUNTERS_EVENTS__ENCOUNTERS_EVENTS_V1"
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
        parsed:"encounter_id"::varchar as encounter_id,
        parsed:"class"::varchar as class,
        parsed:"patient"."mrn"::varchar as patient_mrn,
        parsed:"patient"."name"::varchar as patient_name,
        try_cast(parsed:"patient"."date_of_birth"::varchar as date) as patient_date_of_birth,
        parsed:"patient"."email"::varchar as patient_email,
        parsed:"patient"."phone"::varchar as patient_phone,
        parsed:"patient"."address"."line1"::varchar as patient_address_line1,
        parsed:"patient"."address"."city"::varchar as patient_address_city,
        parsed:"patient"."address"."postal_code"::varchar as patient_address_postal_code,
        parsed:"patient"."address"."country"::varchar as patient_address_country,
        parsed:"provider_npi"::varchar as provider_npi,
        parsed:"facility"."id"::varchar as facility_id,
        parsed:"facility"."name"::varchar as facility_name,
        parsed:"department"::varchar as department,
        strip_null_value(parsed:"diagnoses") as diagnoses,
        parsed:"region"::varchar as region,
        link_tokens:"member"::varchar as member_link_token,
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
        "ENCOUNTER_ID" = s."ENCOUNTER_ID",
        "CLASS" = s."CLASS",
        "PATIENT_MRN" = s."PATIENT_MRN",
        "PATIENT_NAME" = s."PATIENT_NAME",
        "PATIENT_DATE_OF_BIRTH" = s."PATIENT_DATE_OF_BIRTH",
        "PATIENT_EMAIL" = s."PATIENT_EMAIL",
        "PATIENT_PHONE" = s."PATIENT_PHONE",
        "PATIENT_ADDRESS_LINE1" = s."PATIENT_ADDRESS_LINE1",
        "PATIENT_ADDRESS_CITY" = s."PATIENT_ADDRESS_CITY",
        "PATIENT_ADDRESS_POSTAL_CODE" = s."PATIENT_ADDRESS_POSTAL_CODE",
        "PATIENT_ADDRESS_COUNTRY" = s."PATIENT_ADDRESS_COUNTRY",
        "PROVIDER_NPI" = s."PROVIDER_NPI",
        "FACILITY_ID" = s."FACILITY_ID",
        "FACILITY_NAME" = s."FACILITY_NAME",
        "DEPARTMENT" = s."DEPARTMENT",
        "DIAGNOSES" = s."DIAGNOSES",
        "REGION" = s."REGION",
        "MEMBER_LINK_TOKEN" = s."MEMBER_LINK_TOKEN",
        "IS_LATE" = s."IS_LATE",
        "IS_CLOCK_AHEAD" = s."IS_CLOCK_AHEAD",
        "INGESTED_AT" = s."INGESTED_AT",
        "CONTRACT_VERSION" = s."CONTRACT_VERSION",
        "RECORD_ID" = s."RECORD_ID",
        "LANDED_ORDER" = s."LANDED_ORDER",
        "DUPLICATES" = t."DUPLICATES" + s."DUPLICATES" + 1
    when matched then update set
        "DUPLICATES" = t."DUPLICATES" + s."DUPLICATES" + 1
    when not matched then insert ("EVENT_ID", "EVENT_TYPE", "EVENT_TS", "HAPPENED_AT", "SENT_AT", "SCHEMA_VERSION", "ENCOUNTER_ID", "CLASS", "PATIENT_MRN", "PATIENT_NAME", "PATIENT_DATE_OF_BIRTH", "PATIENT_EMAIL", "PATIENT_PHONE", "PATIENT_ADDRESS_LINE1", "PATIENT_ADDRESS_CITY", "PATIENT_ADDRESS_POSTAL_CODE", "PATIENT_ADDRESS_COUNTRY", "PROVIDER_NPI", "FACILITY_ID", "FACILITY_NAME", "DEPARTMENT", "DIAGNOSES", "REGION", "MEMBER_LINK_TOKEN", "IS_LATE", "IS_CLOCK_AHEAD", "DUPLICATES", "INGESTED_AT", "CONTRACT_VERSION", "RECORD_ID", "LANDED_ORDER")
        values (s."EVENT_ID", s."EVENT_TYPE", s."EVENT_TS", s."HAPPENED_AT", s."SENT_AT", s."SCHEMA_VERSION", s."ENCOUNTER_ID", s."CLASS", s."PATIENT_MRN", s."PATIENT_NAME", s."PATIENT_DATE_OF_BIRTH", s."PATIENT_EMAIL", s."PATIENT_PHONE", s."PATIENT_ADDRESS_LINE1", s."PATIENT_ADDRESS_CITY", s."PATIENT_ADDRESS_POSTAL_CODE", s."PATIENT_ADDRESS_COUNTRY", s."PROVIDER_NPI", s."FACILITY_ID", s."FACILITY_NAME", s."DEPARTMENT", s."DIAGNOSES", s."REGION", s."MEMBER_LINK_TOKEN", s."IS_LATE", s."IS_CLOCK_AHEAD", s."DUPLICATES", s."INGESTED_AT", s."CONTRACT_VERSION", s."RECORD_ID", s."LANDED_ORDER");

alter task "BROOK_HEALTH"."SILVER"."ENCOUNTERS_EVENTS__TASK" resume;
