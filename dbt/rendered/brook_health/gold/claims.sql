-- What dbt sends to Snowflake for BROOK_HEALTH.GOLD.CLAIMS. Written by npm run render; do not edit.
create or replace dynamic table "BROOK_HEALTH"."GOLD"."CLAIMS" (
    "CLAIM_ID" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Identifies the claim.',
    "PATIENT_ID" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'identifier', "BROOK_HEALTH"."OPS"."PROTECTED_BY" = 'ingest') COMMENT 'Names the patient within the domain: the token of the medical record number. No role sees the number, which never lands.',
    "MEMBER_ID" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'identifier', "BROOK_HEALTH"."OPS"."PROTECTED_BY" = 'ingest') COMMENT 'Names the member: the token of what the payer numbers members by, from the latest version, mapped as patient_id is.',
    "PROVIDER_ID" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'pii', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'identifier', "BROOK_HEALTH"."OPS"."PROTECTED_BY" = 'ingest') COMMENT 'Names the provider: the token of the national provider identifier, from the latest version, mapped as patient_id is.',
    "STATE" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The type of the latest version, without its `claim.`.',
    "SERVICE_DATE" DATE WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'confidential') COMMENT 'The day of the treatment, from the latest version.',
    "DIAGNOSIS_CODE" VARCHAR WITH MASKING POLICY "BROOK_HEALTH"."OPS"."MASK_DIAGNOSIS" WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'diagnosis') COMMENT 'ICD-10-CM code of the main finding, from the latest version.',
    "PROCEDURE_CODE" VARCHAR WITH MASKING POLICY "BROOK_HEALTH"."OPS"."MASK_PROCEDURE" WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'procedure') COMMENT 'CPT, HCPCS or ICD-10-PCS code of what was done, from the latest version.',
    "BILLED_USD" NUMBER(12,2) WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'confidential') COMMENT 'What the provider asked for, in US dollars, from the latest version, rounded to cents (half away from zero).',
    "ALLOWED_USD" NUMBER(12,2) WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'confidential') COMMENT 'What the payer takes for right, in US dollars, from the latest version, rounded so; null before its approval.',
    "PAID_USD" NUMBER(12,2) WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'confidential') COMMENT 'What the payer paid, in US dollars, from the latest version, rounded so; null before its payment.',
    "DENIAL_REASON" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'confidential') COMMENT 'Why it was denied, as a code of CARC, from the latest version; null where it was not.',
    "REGION" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Where the patient was treated, from the latest version; rows are visible by it.',
    "SUBMITTED_AT" TIMESTAMP_TZ WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The earliest time at which a claim.submitted of it happened; null where there is none.',
    "LAST_EVENT_AT" TIMESTAMP_TZ WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The latest time at which any event of it happened.',
    "EVENT_COUNT" NUMBER(38,0) WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many events it has, each event_id counted once.'
)
    TARGET_LAG = '3600 seconds'
    WAREHOUSE = "BROOK_HEALTH_TRANSFORM_WH"
    REFRESH_MODE = AUTO
    INITIALIZE = ON_CREATE
    DATA_RETENTION_TIME_IN_DAYS = 7
    COMMENT = 'One row per claim, folded from all of its events, in whichever order they came. (definition 552b3cb6b3afa684830792b050fac1ee)'
    COPY GRANTS
    WITH ROW ACCESS POLICY "BROOK_HEALTH"."OPS"."ROWS_BY_CARE_TEAM" ON ("PATIENT_ID", "REGION")
    WITH TAG ("BROOK_HEALTH"."OPS"."HIGHEST_CLASS" = 'phi', "BROOK_HEALTH"."OPS"."DATA_PRODUCT" = 'claims', "BROOK_HEALTH"."OPS"."RETENTION_DAYS" = '2190')
    FROZEN WHERE ("LAST_EVENT_AT" < current_timestamp() - interval '390 days')
as
select
    cast("CLAIM_ID" as VARCHAR) as "CLAIM_ID",
    cast("PATIENT_ID" as VARCHAR) as "PATIENT_ID",
    cast("MEMBER_ID" as VARCHAR) as "MEMBER_ID",
    cast("PROVIDER_ID" as VARCHAR) as "PROVIDER_ID",
    cast("STATE" as VARCHAR) as "STATE",
    cast("SERVICE_DATE" as DATE) as "SERVICE_DATE",
    cast("DIAGNOSIS_CODE" as VARCHAR) as "DIAGNOSIS_CODE",
    cast("PROCEDURE_CODE" as VARCHAR) as "PROCEDURE_CODE",
    cast("BILLED_USD" as NUMBER(12,2)) as "BILLED_USD",
    cast("ALLOWED_USD" as NUMBER(12,2)) as "ALLOWED_USD",
    cast("PAID_USD" as NUMBER(12,2)) as "PAID_USD",
    cast("DENIAL_REASON" as VARCHAR) as "DENIAL_REASON",
    cast("REGION" as VARCHAR) as "REGION",
    cast("SUBMITTED_AT" as TIMESTAMP_TZ) as "SUBMITTED_AT",
    cast("LAST_EVENT_AT" as TIMESTAMP_TZ) as "LAST_EVENT_AT",
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
        *,
        case event_type
            when 'claim.submitted' then 1
            when 'claim.denied' then 2
            when 'claim.approved' then 3
            when 'claim.paid' then 4
        end as step
    from "BROOK_HEALTH"."SILVER"."CLAIMS_FILES"

),

folded as (

    select
        claim_id,
        min(case when event_type = 'claim.submitted' then happened_at end) as submitted_at,
        max(happened_at) as last_event_at,
        count(*) as event_count
    from events
    group by claim_id

),

latest as (

    select *
    from events
    qualify row_number() over (partition by claim_id order by happened_at desc, step desc, event_id desc) = 1

)

select
    folded.claim_id,
    coalesce(patient.new_token, latest.patient_mrn) as patient_id,
    coalesce(member.new_token, latest.member_id) as member_id,
    coalesce(provider.new_token, latest.provider_npi) as provider_id,
    case latest.event_type
        when 'claim.submitted' then 'submitted'
        when 'claim.denied' then 'denied'
        when 'claim.approved' then 'approved'
        when 'claim.paid' then 'paid'
    end as state,
    latest.service_date,
    latest.diagnosis_code,
    latest.procedure_code,
    latest.billed_usd,
    latest.allowed_usd,
    latest.paid_usd,
    latest.denial_reason,
    latest.region,
    folded.submitted_at,
    folded.last_event_at,
    folded.event_count
from folded
inner join latest on folded.claim_id = latest.claim_id
left join tokens as patient on latest.patient_mrn = patient.old_token
left join tokens as member on latest.member_id = member.old_token
left join tokens as provider on latest.provider_npi = provider.old_token
);

grant select on dynamic table "BROOK_HEALTH"."GOLD"."CLAIMS" to database role "BROOK_HEALTH"."GOLD_READ_CLAIMS";
