-- What dbt sends to Snowflake for BROOK_HEALTH.GOLD.MEMBER_SEGMENTS. Written by npm run render; do not edit.
create or replace dynamic table "BROOK_HEALTH"."GOLD"."MEMBER_SEGMENTS" (
    "PATIENT_ID" VARCHAR WITH PROJECTION POLICY "BROOK_HEALTH"."OPS"."PROJECT_JOINS_ONLY" WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'phi', "BROOK_HEALTH"."OPS"."PHI_KIND" = 'identifier', "BROOK_HEALTH"."OPS"."PROTECTED_BY" = 'ingest') COMMENT 'Names the patient within the domain: the newest form of the token of the medical record number. Joins, and is not shown.',
    "PURPOSE" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'What was consented to: research. Rows are visible by it.',
    "CONSENTED" BOOLEAN WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Whether the consent is granted, which it is of every row; rows are visible by it.',
    "REGION" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Where the patient was treated; rows are visible by it.',
    "CUSTOMER_REGION" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The sales region of the customer; rows are visible by it, too.',
    "ORDER_BAND" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many orders there are (order_count): 0, 1, 2-4, or 5+.',
    "ENCOUNTER_BAND" VARCHAR WITH TAG ("BROOK_HEALTH"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many encounters there are (encounter_count): 1, 2-4, or 5+.'
)
    TARGET_LAG = '600 seconds'
    WAREHOUSE = "BROOK_HEALTH_TRANSFORM_WH"
    REFRESH_MODE = AUTO
    INITIALIZE = ON_CREATE
    DATA_RETENTION_TIME_IN_DAYS = 7
    COMMENT = 'One row per member who consented to research: the rows of member_links with that purpose, in bands. Seen in groups of at least eleven members. (definition 799d564f5ef900374c0d0e1d9085e539)'
    COPY GRANTS
    WITH ROW ACCESS POLICY "BROOK_HEALTH"."OPS"."ROWS_BY_MEMBER" ON ("PATIENT_ID", "REGION", "CUSTOMER_REGION", "PURPOSE", "CONSENTED")
    WITH AGGREGATION POLICY "BROOK_HEALTH"."OPS"."AGGREGATE_SMALL_CELLS" ENTITY KEY ("PATIENT_ID")
    WITH TAG ("BROOK_HEALTH"."OPS"."HIGHEST_CLASS" = 'phi', "BROOK_HEALTH"."OPS"."DATA_PRODUCT" = 'member_360', "BROOK_HEALTH"."OPS"."RETENTION_DAYS" = '2190')
as
select
    cast("PATIENT_ID" as VARCHAR) as "PATIENT_ID",
    cast("PURPOSE" as VARCHAR) as "PURPOSE",
    cast("CONSENTED" as BOOLEAN) as "CONSENTED",
    cast("REGION" as VARCHAR) as "REGION",
    cast("CUSTOMER_REGION" as VARCHAR) as "CUSTOMER_REGION",
    cast("ORDER_BAND" as VARCHAR) as "ORDER_BAND",
    cast("ENCOUNTER_BAND" as VARCHAR) as "ENCOUNTER_BAND"
from (
select
    patient_id,
    purpose,
    consented,
    region,
    customer_region,
    case
        when order_count = 0 then '0'
        when order_count = 1 then '1'
        when order_count < 5 then '2-4'
        else '5+'
    end as order_band,
    case
        when encounter_count = 1 then '1'
        when encounter_count < 5 then '2-4'
        else '5+'
    end as encounter_band
from "BROOK_HEALTH"."GOLD"."MEMBER_LINKS"
where purpose = 'research'
);

grant select on dynamic table "BROOK_HEALTH"."GOLD"."MEMBER_SEGMENTS" to database role "BROOK_HEALTH"."GOLD_READ_MEMBER_360";
