-- What dbt sends to Snowflake for BROOK_HEALTH.GOLD.MEMBER_360. Written by npm run render; do not edit.
create or replace dynamic table "BROOK_HEALTH"."GOLD"."MEMBER_360" (
    "PATIENT_ID" VARCHAR WITH PROJECTION POLICY "BROOK_HEALTH"."OPS"."PROJECT_JOINS_ONLY" WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'identifier', "BROOK_HEALTH"."OPS"."PROTECTED_BY" = 'ingest') COMMENT 'Names the patient within the domain: the newest form of the token of the medical record number. Joins, and is not shown.',
    "PURPOSE" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'What was consented to: member-service. Rows are visible by it.',
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
    COMMENT = 'One row per member who consented to member-service: the rows of member_links with that purpose. (definition 20ac8246cd1316bf3df2d855996241d1)'
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
select
    patient_id,
    purpose,
    consented,
    consented_since,
    region,
    customer_region,
    customer_id,
    customer_since,
    order_count,
    lifetime_usd,
    last_order_at,
    encounter_count,
    last_encounter_at
from "BROOK_HEALTH"."GOLD"."MEMBER_LINKS"
where purpose = 'member-service'
);

grant select on dynamic table "BROOK_HEALTH"."GOLD"."MEMBER_360" to database role "BROOK_HEALTH"."GOLD_READ_MEMBER_360";
