-- What dbt sends to Snowflake for BROOK_HEALTH.GOLD.PATIENT_CONSENTS. Written by npm run render; do not edit.
create or replace dynamic table "BROOK_HEALTH"."GOLD"."PATIENT_CONSENTS" (
    "PATIENT_ID" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'identifier', "BROOK_HEALTH"."OPS"."PROTECTED_BY" = 'ingest') COMMENT 'Names the patient within the domain: the token of the medical record number. No role sees the number, which never lands.',
    "PURPOSE" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'What the consent is for.',
    "IS_GRANTED" BOOLEAN WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Whether the latest version is a consent.granted.',
    "CHANNEL" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How it was given or taken back, from the latest version.',
    "REGION" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Where it was given or taken back, from the latest version; rows are visible by it.',
    "SINCE" TIMESTAMP_TZ WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The time at which the latest version happened.',
    "EVENT_COUNT" NUMBER(38,0) WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many events it has, each event_id counted once.'
)
    TARGET_LAG = '300 seconds'
    WAREHOUSE = "BROOK_HEALTH_TRANSFORM_WH"
    REFRESH_MODE = AUTO
    INITIALIZE = ON_CREATE
    DATA_RETENTION_TIME_IN_DAYS = 7
    COMMENT = 'One row per patient and purpose of which any consents event came: what the patient says of it now. (definition f7cd0831c837780886cd3b055a9cb6d2)'
    COPY GRANTS
    WITH ROW ACCESS POLICY "BROOK_HEALTH"."OPS"."ROWS_BY_CARE_TEAM" ON ("PATIENT_ID", "REGION")
    WITH TAG ("BROOK_HEALTH"."OPS"."HIGHEST_CLASS" = 'phi', "BROOK_HEALTH"."OPS"."DATA_PRODUCT" = 'patients', "BROOK_HEALTH"."OPS"."RETENTION_DAYS" = '2190')
    FROZEN WHERE ("SINCE" < current_timestamp() - interval '390 days')
as
select
    cast("PATIENT_ID" as VARCHAR) as "PATIENT_ID",
    cast("PURPOSE" as VARCHAR) as "PURPOSE",
    cast("IS_GRANTED" as BOOLEAN) as "IS_GRANTED",
    cast("CHANNEL" as VARCHAR) as "CHANNEL",
    cast("REGION" as VARCHAR) as "REGION",
    cast("SINCE" as TIMESTAMP_TZ) as "SINCE",
    cast("EVENT_COUNT" as NUMBER(38,0)) as "EVENT_COUNT"
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
        events.*,
        coalesce(patient.new_token, events.patient_mrn) as patient_id
    from "BROOK_HEALTH"."SILVER"."CONSENTS_EVENTS" as events
    left join tokens as patient on events.patient_mrn = patient.old_token

),

counted as (

    select
        patient_id,
        purpose,
        count(*) as event_count
    from events
    group by patient_id, purpose

),

latest as (

    select *
    from events
    qualify row_number() over (partition by patient_id, purpose order by happened_at desc, event_id desc) = 1

)

select
    counted.patient_id,
    counted.purpose,
    latest.event_type = 'consent.granted' as is_granted,
    latest.channel,
    latest.region,
    latest.happened_at as since,
    counted.event_count
from counted
inner join latest on counted.patient_id = latest.patient_id and counted.purpose = latest.purpose
);

grant select on dynamic table "BROOK_HEALTH"."GOLD"."PATIENT_CONSENTS" to database role "BROOK_HEALTH"."GOLD_READ_PATIENTS";
