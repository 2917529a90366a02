-- What dbt sends to Snowflake for BROOK_HEALTH.GOLD.ENCOUNTERS. Written by npm run render; do not edit.
create or replace dynamic table "BROOK_HEALTH"."GOLD"."ENCOUNTERS" (
    "ENCOUNTER_ID" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Identifies the encounter.',
    "PATIENT_ID" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'identifier', "BROOK_HEALTH"."OPS"."PROTECTED_BY" = 'ingest') COMMENT 'Names the patient within the domain: the token of the medical record number. No role sees the number, which never lands.',
    "STATE" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How far the encounter is: `discharged` where any of its events is an encounter.discharged, whatever their times; else `transferred` where any is an encounter.transferred; else `admitted`.',
    "CLASS" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Kind of encounter, from the latest version.',
    "PROVIDER_ID" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'pii', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'identifier', "BROOK_HEALTH"."OPS"."PROTECTED_BY" = 'ingest') COMMENT 'Names the provider: the token of the national provider identifier, from the latest version, mapped as patient_id is.',
    "FACILITY_ID" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Identifies the facility, from the latest version.',
    "FACILITY_NAME" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'What the facility is called, from the latest version.',
    "DEPARTMENT" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Which part of the facility, from the latest version.',
    "MAIN_DIAGNOSIS" VARCHAR WITH MASKING POLICY "BROOK_HEALTH"."OPS"."MASK_DIAGNOSIS" WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'diagnosis') COMMENT 'ICD-10-CM code of the first of `diagnoses` of the latest version; null where it has none.',
    "DIAGNOSIS_COUNT" NUMBER(38,0) WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'confidential') COMMENT 'How many `diagnoses` the latest version has.',
    "REGION" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Where the patient was treated, from the latest version; rows are visible by it.',
    "ADMITTED_AT" TIMESTAMP_TZ WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The earliest time at which an encounter.admitted of it happened; null where there is none.',
    "DISCHARGED_AT" TIMESTAMP_TZ WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The latest time at which an encounter.discharged of it happened; null where there is none.',
    "STAY_HOURS" NUMBER(38,0) WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Whole hours from admitted_at to discharged_at: each of the two rounded down to the millisecond, the milliseconds between them by 3,600,000, rounded down; null where one of them is null or discharged_at is earlier.',
    "TRANSFER_COUNT" NUMBER(38,0) WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many encounter.transferred it has.',
    "LAST_EVENT_AT" TIMESTAMP_TZ WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The latest time at which any event of it happened.',
    "EVENT_COUNT" NUMBER(38,0) WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many events it has, each event_id counted once.',
    "HAS_LATE_EVENTS" BOOLEAN WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Whether any of its events has IS_LATE, which is set where an event came after the stream''s watermark.'
)
    TARGET_LAG = '300 seconds'
    WAREHOUSE = "BROOK_HEALTH_TRANSFORM_WH"
    REFRESH_MODE = AUTO
    INITIALIZE = ON_CREATE
    DATA_RETENTION_TIME_IN_DAYS = 7
    COMMENT = 'One row per encounter, folded from all of its events, in whichever order they came. (definition 6c05d3951f399e80afce45978c497a11)'
    COPY GRANTS
    WITH ROW ACCESS POLICY "BROOK_HEALTH"."OPS"."ROWS_BY_CARE_TEAM" ON ("PATIENT_ID", "REGION")
    WITH TAG ("BROOK_HEALTH"."OPS"."HIGHEST_CLASS" = 'phi', "BROOK_HEALTH"."OPS"."DATA_PRODUCT" = 'encounters', "BROOK_HEALTH"."OPS"."RETENTION_DAYS" = '2190')
    FROZEN WHERE ("LAST_EVENT_AT" < current_timestamp() - interval '390 days')
as
select
    cast("ENCOUNTER_ID" as VARCHAR) as "ENCOUNTER_ID",
    cast("PATIENT_ID" as VARCHAR) as "PATIENT_ID",
    cast("STATE" as VARCHAR) as "STATE",
    cast("CLASS" as VARCHAR) as "CLASS",
    cast("PROVIDER_ID" as VARCHAR) as "PROVIDER_ID",
    cast("FACILITY_ID" as VARCHAR) as "FACILITY_ID",
    cast("FACILITY_NAME" as VARCHAR) as "FACILITY_NAME",
    cast("DEPARTMENT" as VARCHAR) as "DEPARTMENT",
    cast("MAIN_DIAGNOSIS" as VARCHAR) as "MAIN_DIAGNOSIS",
    cast("DIAGNOSIS_COUNT" as NUMBER(38,0)) as "DIAGNOSIS_COUNT",
    cast("REGION" as VARCHAR) as "REGION",
    cast("ADMITTED_AT" as TIMESTAMP_TZ) as "ADMITTED_AT",
    cast("DISCHARGED_AT" as TIMESTAMP_TZ) as "DISCHARGED_AT",
    cast("STAY_HOURS" as NUMBER(38,0)) as "STAY_HOURS",
    cast("TRANSFER_COUNT" as NUMBER(38,0)) as "TRANSFER_COUNT",
    cast("LAST_EVENT_AT" as TIMESTAMP_TZ) as "LAST_EVENT_AT",
    cast("EVENT_COUNT" as NUMBER(38,0)) as "EVENT_COUNT",
    cast("HAS_LATE_EVENTS" as BOOLEAN) as "HAS_LATE_EVENTS"
from (
with

-- The newest generation of a token, of all that it was mapped to.
tokens as (

    select
        old_token,
        new_token
    from BROOK_HEALTH.OPS.TOKEN_REKEYS
    qualify row_number() over (partition by old_token order by "AT" desc, to_key desc) = 1

),

events as (

    select
        *,
        case event_type
            when 'encounter.admitted' then 1
            when 'encounter.transferred' then 2
            when 'encounter.discharged' then 3
            else 0
        end as step
    from "BROOK_HEALTH"."SILVER"."ENCOUNTERS_EVENTS"

),

folded as (

    select
        encounter_id,
        max(step) as furthest,
        min(case when event_type = 'encounter.admitted' then happened_at end) as admitted_at,
        max(case when event_type = 'encounter.discharged' then happened_at end) as discharged_at,
        count(case when event_type = 'encounter.transferred' then 1 end) as transfer_count,
        max(happened_at) as last_event_at,
        count(*) as event_count,
        max(case when is_late then 1 else 0 end) = 1 as has_late_events
    from events
    group by encounter_id

),

latest as (

    select *
    from events
    qualify row_number() over (partition by encounter_id order by happened_at desc, step desc, event_id desc) = 1

)

select
    folded.encounter_id,
    coalesce(patient.new_token, latest.patient_mrn) as patient_id,
    case folded.furthest when 3 then 'discharged' when 2 then 'transferred' else 'admitted' end as state,
    latest.class,
    coalesce(provider.new_token, latest.provider_npi) as provider_id,
    latest.facility_id,
    latest.facility_name,
    latest.department,
    latest.diagnoses[0]:"code"::varchar as main_diagnosis,
    cast(array_size(latest.diagnoses) as number(38, 0)) as diagnosis_count,
    latest.region,
    folded.admitted_at,
    folded.discharged_at,
    case
        when folded.discharged_at >= folded.admitted_at
            then floor(datediff('millisecond', folded.admitted_at, folded.discharged_at) / 3600000)
    end as stay_hours,
    folded.transfer_count,
    folded.last_event_at,
    folded.event_count,
    folded.has_late_events
from folded
inner join latest on folded.encounter_id = latest.encounter_id
left join tokens as patient on latest.patient_mrn = patient.old_token
left join tokens as provider on latest.provider_npi = provider.old_token
);

grant select on dynamic table "BROOK_HEALTH"."GOLD"."ENCOUNTERS" to database role "BROOK_HEALTH"."GOLD_READ_ENCOUNTERS";
