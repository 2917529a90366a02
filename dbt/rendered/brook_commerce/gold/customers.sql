-- What dbt sends to Snowflake for BROOK_COMMERCE.GOLD.CUSTOMERS. Written by npm run render; do not edit.
create or replace secure view "BROOK_COMMERCE"."GOLD"."CUSTOMERS" (
    "CUSTOMER_ID" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'confidential') COMMENT 'Pseudonymous id of the customer.',
    "EMAIL" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'pii', "BROOK_COMMERCE"."OPS"."PHI_KIND" = 'email', "BROOK_COMMERCE"."OPS"."PROTECTED_BY" = 'table') COMMENT 'The customer''s e-mail address.',
    "NAME" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'pii', "BROOK_COMMERCE"."OPS"."PHI_KIND" = 'name', "BROOK_COMMERCE"."OPS"."PROTECTED_BY" = 'table') COMMENT 'The customer''s full name.',
    "PHONE" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'pii', "BROOK_COMMERCE"."OPS"."PHI_KIND" = 'phone', "BROOK_COMMERCE"."OPS"."PROTECTED_BY" = 'table') COMMENT 'The customer''s phone number; null where none was given.',
    "REGION" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Sales region; rows are visible by it.',
    "MEMBER_LINK_TOKEN" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'pii', "BROOK_COMMERCE"."OPS"."PHI_KIND" = 'identifier', "BROOK_COMMERCE"."OPS"."PROTECTED_BY" = 'table') COMMENT 'As in customer_versions. Seen by nobody who reads this product.',
    "SINCE" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'When the current version began: valid_from of customers_scd.'
)
    COPY GRANTS
    COMMENT = 'One row per customer: the current version, which is the row of customers_scd with is_current.'
    WITH TAG ("BROOK_COMMERCE"."OPS"."HIGHEST_CLASS" = 'pii', "BROOK_COMMERCE"."OPS"."DATA_PRODUCT" = 'customers', "BROOK_COMMERCE"."OPS"."RETENTION_DAYS" = '1825')
as
select
    cast("CUSTOMER_ID" as VARCHAR) as "CUSTOMER_ID",
    cast("EMAIL" as VARCHAR) as "EMAIL",
    cast("NAME" as VARCHAR) as "NAME",
    cast("PHONE" as VARCHAR) as "PHONE",
    cast("REGION" as VARCHAR) as "REGION",
    cast("MEMBER_LINK_TOKEN" as VARCHAR) as "MEMBER_LINK_TOKEN",
    cast("SINCE" as TIMESTAMP_TZ) as "SINCE"
from (
select
    customer_id,
    email,
    name,
    phone,
    region,
    member_link_token,
    valid_from as since
from "BROOK_COMMERCE"."GOLD"."CUSTOMERS_SCD"
where is_current
);

grant select on view "BROOK_COMMERCE"."GOLD"."CUSTOMERS" to database role "BROOK_COMMERCE"."GOLD_READ_CUSTOMERS";
