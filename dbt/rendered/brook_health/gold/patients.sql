-- What dbt sends to Snowflake for BROOK_HEALTH.GOLD.PATIENTS. Written by npm run render; do not edit.
create or replace dynamic table "BROOK_HEALTH"."GOLD"."PATIENTS" (
    "PATIENT_ID" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'identifier', "BROOK_HEALTH"."OPS"."PROTECTED_BY" = 'ingest') COMMENT 'Names the patient within the domain: the token of the medical record number. No role sees the number, which never lands.',
    "NAME" VARCHAR WITH MASKING POLICY "BROOK_HEALTH"."OPS"."MASK_NAME" WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'name') COMMENT 'The patient''s full name, from the latest version.',
    "DATE_OF_BIRTH" DATE WITH MASKING POLICY "BROOK_HEALTH"."OPS"."MASK_DATE_OF_BIRTH_DATE" WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'date_of_birth') COMMENT 'The patient''s date of birth, from the latest version.',
    "EMAIL" VARCHAR WITH MASKING POLICY "BROOK_HEALTH"."OPS"."MASK_EMAIL" WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'email') COMMENT 'The patient''s e-mail address, from the latest version; null where none was given.',
    "PHONE" VARCHAR WITH MASKING POLICY "BROOK_HEALTH"."OPS"."MASK_PHONE" WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'phone') COMMENT 'The patient''s phone number, from the latest version; null where none was given.',
    "POSTAL_AREA" VARCHAR WITH MASKING POLICY "BROOK_HEALTH"."OPS"."MASK_POSTAL_CODE" WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'postal_code') COMMENT 'The first three digits of the ZIP code, as they landed with the latest version; 000 where few people live, null where it is no ZIP code.',
    "COUNTRY" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'ISO 3166-1 alpha-2 code of the country that the patient lives in, from the latest version.',
    "REGION" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Where the patient was treated, from the latest version; rows are visible by it.',
    "MEMBER_LINK_TOKEN" VARCHAR WITH MASKING POLICY "BROOK_HEALTH"."OPS"."MASK_IDENTIFIER" WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'identifier') COMMENT 'Links the patient across domains: LINK_TOKENS.member of the latest version, mapped to the newest generation of keys as patient_id is; null where the event has no such token. Seen by nobody who reads this product.',
    "ENCOUNTER_COUNT" NUMBER(38,0) WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many encounter_id the events of the patient have.',
    "FIRST_EVENT_AT" TIMESTAMP_TZ WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The earliest time at which any event of the patient happened.',
    "LAST_EVENT_AT" TIMESTAMP_TZ WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The latest time at which any event of the patient happened.'
)
    TARGET_LAG = '300 seconds'
    WAREHOUSE = "BROOK_HEALTH_TRANSFORM_WH"
    REFRESH_MODE = AUTO
    INITIALIZE = ON_CREATE
    DATA_RETENTION_TIME_IN_DAYS = 7
    COMMENT = 'One row per patient, folded from all encounters events of the patient, in whichever order they came. (definition 4148726051fc0fce7e0449a33e242ffe)'
    COPY GRANTS
    WITH ROW ACCESS POLICY "BROOK_HEALTH"."OPS"."ROWS_BY_CARE_TEAM" ON ("PATIENT_ID", "REGION")
    WITH TAG ("BROOK_HEALTH"."OPS"."HIGHEST_CLASS" = 'phi', "BROOK_HEALTH"."OPS"."DATA_PRODUCT" = 'patients', "BROOK_HEALTH"."OPS"."RETENTION_DAYS" = '2190')
    FROZEN WHERE ("LAST_EVENT_AT" < current_timestamp() - interval '390 days')
as
select
    cast("PATIENT_ID" as VARCHAR) as "PATIENT_ID",
    cast("NAME" as VARCHAR) as "NAME",
    cast("DATE_OF_BIRTH" as DATE) as "DATE_OF_BIRTH",
    cast("EMAIL" as VARCHAR) as "EMAIL",
    cast("PHONE" as VARCHAR) as "PHONE",
    cast("POSTAL_AREA" as VARCHAR) as "POSTAL_AREA",
    cast("COUNTRY" as VARCHAR) as "COUNTRY",
    cast("REGION" as VARCHAR) as "REGION",
    cast("MEMBER_LINK_TOKEN" as VARCHAR) as "MEMBER_LINK_TOKEN",
    cast("ENCOUNTER_COUNT" as NUMBER(38,0)) as "ENCOUNTER_COUNT",
    cast("FIRST_EVENT_AT" as TIMESTAMP_TZ) as "FIRST_EVENT_AT",
    cast("LAST_EVENT_AT" as TIMESTAMP_TZ) as "LAST_EVENT_AT"
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
        coalesce(patient.new_token, events.patient_mrn) as patient_id,
        coalesce(member.new_token, events.member_link_token) as newest_link_token
    from "BROOK_HEALTH"."SILVER"."ENCOUNTERS_EVENTS" as events
    left join tokens as patient on events.patient_mrn = patient.old_token
    left join tokens as member on events.member_link_token = member.old_token

),

folded as (

    select
        patient_id,
        count(distinct encounter_id) as encounter_count,
        min(happened_at) as first_event_at,
        max(happened_at) as last_event_at
    from events
    group by patient_id

),

latest as (

    select *
    from events
    qualify row_number() over (partition by patient_id order by happened_at desc, event_id desc) = 1

)

select
    folded.patient_id,
    latest.patient_name as name,
    latest.patient_date_of_birth as date_of_birth,
    latest.patient_email as email,
    latest.patient_phone as phone,
    latest.patient_address_postal_code as postal_area,
    latest.patient_address_country as country,
    latest.region,
    latest.newest_link_token as member_link_token,
    folded.encounter_count,
    folded.first_event_at,
    folded.last_event_at
from folded
inner join latest on folded.patient_id = latest.patient_id
);

grant select on dynamic table "BROOK_HEALTH"."GOLD"."PATIENTS" to database role "BROOK_HEALTH"."GOLD_READ_PATIENTS";
