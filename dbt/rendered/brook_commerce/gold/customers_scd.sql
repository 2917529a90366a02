-- What dbt sends to Snowflake for BROOK_COMMERCE.GOLD.CUSTOMERS_SCD. Written by npm run render; do not edit.
create or replace dynamic table "BROOK_COMMERCE"."GOLD"."CUSTOMERS_SCD" (
    "CUSTOMER_ID" VARCHAR WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'confidential') COMMENT 'Pseudonymous id of the customer.',
    "VALID_FROM" TIMESTAMP_TZ WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'When the version began; part of it.',
    "VALID_TO" TIMESTAMP_TZ WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'When the version ended: valid_from of the next one, no part of it; null where there is none.',
    "IS_CURRENT" BOOLEAN WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Whether valid_to is null.',
    "EMAIL" VARCHAR WITH MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_EMAIL" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'pii', "BROOK_COMMERCE"."OPS"."PHI_KIND" = 'email') COMMENT 'The customer''s e-mail address.',
    "NAME" VARCHAR WITH MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_NAME" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'pii', "BROOK_COMMERCE"."OPS"."PHI_KIND" = 'name') COMMENT 'The customer''s full name.',
    "PHONE" VARCHAR WITH MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_PHONE" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'pii', "BROOK_COMMERCE"."OPS"."PHI_KIND" = 'phone') COMMENT 'The customer''s phone number; null where none was given.',
    "REGION" VARCHAR WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Sales region; rows are visible by it.',
    "MEMBER_LINK_TOKEN" VARCHAR WITH MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_IDENTIFIER" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'pii', "BROOK_COMMERCE"."OPS"."PHI_KIND" = 'identifier') COMMENT 'As in customer_versions. Seen by nobody who reads this product.'
)
    TARGET_LAG = '300 seconds'
    WAREHOUSE = "BROOK_COMMERCE_TRANSFORM_WH"
    REFRESH_MODE = AUTO
    INITIALIZE = ON_CREATE
    DATA_RETENTION_TIME_IN_DAYS = 7
    COMMENT = 'One row per version of a customer (a slowly changing dimension of type 2): the rows of customer_versions without those whose (email, name, phone, region) is not distinct from that of the row before, by valid_from, of the same customer (two nulls are not distinct). A customer''s versions follow each other without gap or overlap; exactly one is current. (definition 15aec79c7035145d6e33f99818b943b2)'
    COPY GRANTS
    WITH ROW ACCESS POLICY "BROOK_COMMERCE"."OPS"."ROWS_BY_REGION" ON ("REGION")
    WITH TAG ("BROOK_COMMERCE"."OPS"."HIGHEST_CLASS" = 'pii', "BROOK_COMMERCE"."OPS"."DATA_PRODUCT" = 'customers', "BROOK_COMMERCE"."OPS"."RETENTION_DAYS" = '1825')
as
select
    cast("CUSTOMER_ID" as VARCHAR) as "CUSTOMER_ID",
    cast("VALID_FROM" as TIMESTAMP_TZ) as "VALID_FROM",
    cast("VALID_TO" as TIMESTAMP_TZ) as "VALID_TO",
    cast("IS_CURRENT" as BOOLEAN) as "IS_CURRENT",
    cast("EMAIL" as VARCHAR) as "EMAIL",
    cast("NAME" as VARCHAR) as "NAME",
    cast("PHONE" as VARCHAR) as "PHONE",
    cast("REGION" as VARCHAR) as "REGION",
    cast("MEMBER_LINK_TOKEN" as VARCHAR) as "MEMBER_LINK_TOKEN"
from (
with

versions as (

    select * from "BROOK_COMMERCE"."GOLD"."CUSTOMER_VERSIONS"

),

compared as (

    select
        *,
        lag(valid_from) over (partition by customer_id order by valid_from) as previous_from,
        lag(email) over (partition by customer_id order by valid_from) as previous_email,
        lag(name) over (partition by customer_id order by valid_from) as previous_name,
        lag(phone) over (partition by customer_id order by valid_from) as previous_phone,
        lag(region) over (partition by customer_id order by valid_from) as previous_region
    from versions

),

-- A frozen version may be followed by its own repetition: SILVER no longer has what began it.
changes as (

    select *
    from compared
    where
        previous_from is null
        or email is distinct from previous_email
        or name is distinct from previous_name
        or phone is distinct from previous_phone
        or region is distinct from previous_region

)

select
    customer_id,
    valid_from,
    lead(valid_from) over (partition by customer_id order by valid_from) as valid_to,
    lead(valid_from) over (partition by customer_id order by valid_from) is null as is_current,
    email,
    name,
    phone,
    region,
    member_link_token
from changes
);

grant select on dynamic table "BROOK_COMMERCE"."GOLD"."CUSTOMERS_SCD" to database role "BROOK_COMMERCE"."GOLD_READ_CUSTOMERS";
