-- What dbt sends to Snowflake for BROOK_COMMERCE.GOLD.CUSTOMER_VERSIONS. Written by npm run render; do not edit.
create or replace dynamic table "BROOK_COMMERCE"."GOLD"."CUSTOMER_VERSIONS" (
    "CUSTOMER_ID" VARCHAR WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'confidential') COMMENT 'Pseudonymous id of the customer.',
    "VALID_FROM" TIMESTAMP_TZ WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'When the observation that begins the version happened.',
    "EMAIL" VARCHAR WITH MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_EMAIL" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'pii', "BROOK_COMMERCE"."OPS"."PHI_KIND" = 'email') COMMENT 'The customer''s e-mail address.',
    "NAME" VARCHAR WITH MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_NAME" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'pii', "BROOK_COMMERCE"."OPS"."PHI_KIND" = 'name') COMMENT 'The customer''s full name.',
    "PHONE" VARCHAR WITH MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_PHONE" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'pii', "BROOK_COMMERCE"."OPS"."PHI_KIND" = 'phone') COMMENT 'The customer''s phone number; null where none was given.',
    "REGION" VARCHAR WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Sales region; rows are visible by it.',
    "MEMBER_LINK_TOKEN" VARCHAR WITH MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_IDENTIFIER" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'pii', "BROOK_COMMERCE"."OPS"."PHI_KIND" = 'identifier') COMMENT 'Links the customer across domains: LINK_TOKENS.member of the event that begins the version, mapped to the newest generation of keys by OPS.TOKEN_REKEYS (of the rows with PURPOSE link whose OLD_TOKEN it is, NEW_TOKEN of the one with the greatest AT, then TO_KEY; itself where there is none); null where the event has no such token. Seen by nobody who reads this product.'
)
    TARGET_LAG = '300 seconds'
    WAREHOUSE = "BROOK_COMMERCE_TRANSFORM_WH"
    REFRESH_MODE = AUTO
    INITIALIZE = ON_CREATE
    DATA_RETENTION_TIME_IN_DAYS = 7
    COMMENT = 'One row per change of a customer, as far as it was ever known. Internal: customers_scd is what consumers read. (definition 0edb8cd4cec683a759f82d1493d80ddf)'
    COPY GRANTS
    WITH ROW ACCESS POLICY "BROOK_COMMERCE"."OPS"."ROWS_BY_REGION" ON ("REGION")
    WITH TAG ("BROOK_COMMERCE"."OPS"."HIGHEST_CLASS" = 'pii', "BROOK_COMMERCE"."OPS"."DATA_PRODUCT" = 'customers', "BROOK_COMMERCE"."OPS"."RETENTION_DAYS" = '1825')
    FROZEN WHERE ("VALID_FROM" < current_timestamp() - interval '390 days')
as
select
    cast("CUSTOMER_ID" as VARCHAR) as "CUSTOMER_ID",
    cast("VALID_FROM" as TIMESTAMP_TZ) as "VALID_FROM",
    cast("EMAIL" as VARCHAR) as "EMAIL",
    cast("NAME" as VARCHAR) as "NAME",
    cast("PHONE" as VARCHAR) as "PHONE",
    cast("REGION" as VARCHAR) as "REGION",
    cast("MEMBER_LINK_TOKEN" as VARCHAR) as "MEMBER_LINK_TOKEN"
from (
with

events as (

    select * from "BROOK_COMMERCE"."SILVER"."ORDERS_EVENTS"

),

-- The newest generation of a token, of all that it was mapped to.
tokens as (

    select
        old_token,
        new_token
    from BROOK_COMMERCE.OPS.TOKEN_REKEYS
    where purpose = 'link'
    qualify row_number() over (partition by old_token order by "AT" desc, to_key desc) = 1

),

observations as (

    select
        customer_id,
        happened_at,
        customer_email as email,
        customer_name as name,
        customer_phone as phone,
        region,
        member_link_token
    from events
    qualify row_number() over (partition by customer_id, happened_at order by event_id desc) = 1

),

compared as (

    select
        *,
        lag(happened_at) over (partition by customer_id order by happened_at) as previous_at,
        lag(email) over (partition by customer_id order by happened_at) as previous_email,
        lag(name) over (partition by customer_id order by happened_at) as previous_name,
        lag(phone) over (partition by customer_id order by happened_at) as previous_phone,
        lag(region) over (partition by customer_id order by happened_at) as previous_region
    from observations

)

select
    compared.customer_id,
    compared.happened_at as valid_from,
    compared.email,
    compared.name,
    compared.phone,
    compared.region,
    coalesce(tokens.new_token, compared.member_link_token) as member_link_token
from compared
left join tokens on compared.member_link_token = tokens.old_token
where
    compared.previous_at is null
    or compared.email is distinct from compared.previous_email
    or compared.name is distinct from compared.previous_name
    or compared.phone is distinct from compared.previous_phone
    or compared.region is distinct from compared.previous_region
);
