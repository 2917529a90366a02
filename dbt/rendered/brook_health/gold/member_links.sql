-- What dbt sends to Snowflake for BROOK_HEALTH.GOLD.MEMBER_LINKS. Written by npm run render; do not edit.
create or replace dynamic table "BROOK_HEALTH"."GOLD"."MEMBER_LINKS" (
    "PATIENT_ID" VARCHAR WITH PROJECTION POLICY "BROOK_HEALTH"."OPS"."PROJECT_JOINS_ONLY" WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'identifier', "BROOK_HEALTH"."OPS"."PROTECTED_BY" = 'ingest') COMMENT 'Names the patient within the domain: the newest form of the token of the medical record number. Joins, and is not shown.',
    "PURPOSE" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'What was consented to; rows are visible by it.',
    "CONSENTED" BOOLEAN WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Whether the consent is granted, which it is of every row; rows are visible by it.',
    "CONSENTED_SINCE" TIMESTAMP_TZ WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'When it was granted: since of the consent.',
    "REGION" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Where the patient was treated; rows are visible by it.',
    "CUSTOMER_REGION" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The sales region of the customer; rows are visible by it, too.',
    "CUSTOMER_ID" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'confidential') COMMENT 'Pseudonymous id of the customer.',
    "CUSTOMER_SINCE" TIMESTAMP_TZ WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'When the current version of the customer began.',
    "ORDER_COUNT" NUMBER(38,0) WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many orders the customer has.',
    "LIFETIME_USD" NUMBER(14,2) WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'confidential') COMMENT 'The total of those orders of them that are paid or shipped, in US dollars.',
    "LAST_ORDER_AT" TIMESTAMP_TZ WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The latest time at which any event of these orders happened; null where there are none.',
    "ENCOUNTER_COUNT" NUMBER(38,0) WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many encounters the patient has.',
    "LAST_ENCOUNTER_AT" TIMESTAMP_TZ WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The latest time at which any event of the patient happened.'
)
    TARGET_LAG = '600 seconds'
    WAREHOUSE = "BROOK_HEALTH_TRANSFORM_WH"
    REFRESH_MODE = AUTO
    INITIALIZE = ON_CREATE
    DATA_RETENTION_TIME_IN_DAYS = 7
    COMMENT = 'One row per member and purpose that they consented to. Internal: member_360 and member_segments are what consumers read. (definition 4113c075b62ac6d24021f1f0c8fde8c6)'
    COPY GRANTS
    WITH ROW ACCESS POLICY "BROOK_HEALTH"."OPS"."ROWS_BY_MEMBER" ON ("PATIENT_ID", "REGION", "CUSTOMER_REGION", "PURPOSE", "CONSENTED")
    WITH TAG ("BROOK_HEALTH"."OPS"."HIGHEST_CLASS" = 'phi', "BROOK_HEALTH"."OPS"."DATA_PRODUCT" = 'member_360', "BROOK_HEALTH"."OPS"."RETENTION_DAYS" = '2190')
as
select
    cast("PATIENT_ID" as VARCHAR) as "PATIENT_ID",
    cast("PURPOSE" as VARCHAR) as "PURPOSE",
    cast("CONSENTED" as BOOLEAN) as "CONSENTED",
    cast("CONSENTED_SINCE" as TIMESTAMP_TZ) as "CONSENTED_SINCE",
    cast("REGION" as VARCHAR) as "REGION",
    cast("CUSTOMER_REGION" as VARCHAR) as "CUSTOMER_REGION",
    cast("CUSTOMER_ID" as VARCHAR) as "CUSTOMER_ID",
    cast("CUSTOMER_SINCE" as TIMESTAMP_TZ) as "CUSTOMER_SINCE",
    cast("ORDER_COUNT" as NUMBER(38,0)) as "ORDER_COUNT",
    cast("LIFETIME_USD" as NUMBER(14,2)) as "LIFETIME_USD",
    cast("LAST_ORDER_AT" as TIMESTAMP_TZ) as "LAST_ORDER_AT",
    cast("ENCOUNTER_COUNT" as NUMBER(38,0)) as "ENCOUNTER_COUNT",
    cast("LAST_ENCOUNTER_AT" as TIMESTAMP_TZ) as "LAST_ENCOUNTER_AT"
from (
with

-- The newest generation of a token, of all that it was mapped to: a row that is frozen has an older one.
tokens as (

    select
        old_token,
        new_token
    from BROOK_HEALTH.OPS.TOKEN_REKEYS
    qualify row_number() over (partition by old_token order by "AT" desc, to_key desc) = 1

),

patients as (

    select
        patients.region,
        patients.encounter_count,
        patients.last_event_at,
        coalesce(patient.new_token, patients.patient_id) as patient_id,
        coalesce(member.new_token, patients.member_link_token) as link_token
    from "BROOK_HEALTH"."GOLD"."PATIENTS" as patients
    left join tokens as patient on patients.patient_id = patient.old_token
    left join tokens as member on patients.member_link_token = member.old_token
    qualify
        row_number() over (
            partition by coalesce(patient.new_token, patients.patient_id)
            order by patients.last_event_at desc, patients.patient_id desc
        ) = 1

),

customers as (

    select
        customers.customer_id,
        customers.region,
        customers.since,
        coalesce(member.new_token, customers.member_link_token) as link_token
    from "BROOK_COMMERCE"."GOLD"."CUSTOMERS" as customers
    left join tokens as member on customers.member_link_token = member.old_token

),

-- Who shares a token is nobody in particular.
own_patients as (

    select *
    from patients
    where link_token is not null
    qualify count(*) over (partition by link_token) = 1

),

own_customers as (

    select *
    from customers
    where link_token is not null
    qualify count(*) over (partition by link_token) = 1

),

-- What was said last, with whichever token: of two at once, no.
consents as (

    select
        consents.purpose,
        consents.is_granted,
        consents.since,
        coalesce(patient.new_token, consents.patient_id) as patient_id
    from "BROOK_HEALTH"."GOLD"."PATIENT_CONSENTS" as consents
    left join tokens as patient on consents.patient_id = patient.old_token
    qualify
        row_number() over (
            partition by coalesce(patient.new_token, consents.patient_id), consents.purpose
            order by consents.since desc, case when consents.is_granted then 1 else 0 end
        ) = 1

),

orders as (

    select *
    from "BROOK_COMMERCE"."GOLD"."ORDERS"
    qualify row_number() over (partition by order_id order by last_event_at desc) = 1

),

folded as (

    select
        customer_id,
        count(*) as order_count,
        sum(case when state in ('paid', 'shipped') then total_usd end) as lifetime_usd,
        max(last_event_at) as last_order_at
    from orders
    group by customer_id

)

select
    patients.patient_id,
    consents.purpose,
    consents.is_granted as consented,
    consents.since as consented_since,
    patients.region,
    customers.region as customer_region,
    customers.customer_id,
    customers.since as customer_since,
    coalesce(folded.order_count, 0) as order_count,
    coalesce(folded.lifetime_usd, 0) as lifetime_usd,
    folded.last_order_at,
    patients.encounter_count,
    patients.last_event_at as last_encounter_at
from own_patients as patients
inner join own_customers as customers on patients.link_token = customers.link_token
inner join consents on patients.patient_id = consents.patient_id
left join folded on customers.customer_id = folded.customer_id
where consents.is_granted and consents.purpose in ('member-service', 'research')
);
