-- What dbt sends to Snowflake for BROOK_COMMERCE.SILVER.ORDERS_EVENTS. Written by npm run render; do not edit.
create table if not exists "BROOK_COMMERCE"."SILVER"."ORDERS_EVENTS" (
    "EVENT_ID" VARCHAR NOT NULL WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Identifies the event.',
    "EVENT_TYPE" VARCHAR NOT NULL WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'What happened.',
    "EVENT_TS" TIMESTAMP_TZ NOT NULL WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'When it happened, by the producer''s clock; in UTC.',
    "HAPPENED_AT" TIMESTAMP_TZ NOT NULL WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'event_ts, or when it arrived (by the source or, if that is earlier, by the collector), where the clock was ahead of that. All of GOLD goes by it.',
    "SENT_AT" TIMESTAMP_TZ NOT NULL WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'When the producer handed the event to the log.',
    "SCHEMA_VERSION" VARCHAR NOT NULL WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The version of this contract that the producer wrote.',
    "ORDER_ID" VARCHAR NOT NULL WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Identifies the order; the key of the topic.',
    "CUSTOMER_ID" VARCHAR NOT NULL WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'confidential') COMMENT 'Pseudonymous id of the customer.',
    "CUSTOMER_EMAIL" VARCHAR NOT NULL WITH MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_EMAIL" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'pii', "BROOK_COMMERCE"."OPS"."PHI_KIND" = 'email') COMMENT 'The customer''s e-mail address.',
    "CUSTOMER_NAME" VARCHAR NOT NULL WITH MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_NAME" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'pii', "BROOK_COMMERCE"."OPS"."PHI_KIND" = 'name') COMMENT 'The customer''s full name.',
    "CUSTOMER_PHONE" VARCHAR WITH MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_PHONE" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'pii', "BROOK_COMMERCE"."OPS"."PHI_KIND" = 'phone') COMMENT 'The customer''s phone number.',
    "REGION" VARCHAR NOT NULL WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Sales region; rows are visible by it.',
    "CURRENCY" VARCHAR NOT NULL WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'ISO 4217 code that the customer paid in.',
    "TOTAL_USD" NUMBER(12,2) NOT NULL WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'confidential') COMMENT 'Order total in US dollars.',
    "ITEMS" VARIANT NOT NULL WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Order lines.',
    "SHIPPING_ADDRESS_LINE1" VARCHAR NOT NULL WITH MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_ADDRESS" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'pii', "BROOK_COMMERCE"."OPS"."PHI_KIND" = 'address') COMMENT 'Street and number.',
    "SHIPPING_ADDRESS_CITY" VARCHAR NOT NULL WITH MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_ADDRESS" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'pii', "BROOK_COMMERCE"."OPS"."PHI_KIND" = 'address') COMMENT 'Town or city.',
    "SHIPPING_ADDRESS_POSTAL_CODE" VARCHAR NOT NULL WITH MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_POSTAL_CODE" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'pii', "BROOK_COMMERCE"."OPS"."PHI_KIND" = 'postal_code') COMMENT 'Postal code.',
    "SHIPPING_ADDRESS_COUNTRY" VARCHAR NOT NULL WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'ISO 3166-1 alpha-2 code.',
    "COUPON" VARCHAR WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Coupon code, where one was used.',
    "MEMBER_LINK_TOKEN" VARCHAR WITH MASKING POLICY "BROOK_COMMERCE"."OPS"."MASK_IDENTIFIER" WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'pii', "BROOK_COMMERCE"."OPS"."PHI_KIND" = 'identifier') COMMENT 'Links the member across domains, made with the link key; null where the event has none.',
    "IS_LATE" BOOLEAN NOT NULL WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Whether it came after the stream''s watermark.',
    "IS_CLOCK_AHEAD" BOOLEAN NOT NULL WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Whether event_ts is more than 60 seconds after it arrived: SOURCE_TS, but INGESTED_AT where that is null or later.',
    "DUPLICATES" NUMBER(38,0) NOT NULL WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many other rows of BRONZE have its key.',
    "INGESTED_AT" TIMESTAMP_TZ NOT NULL WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'When the collector made the row of BRONZE.',
    "CONTRACT_VERSION" VARCHAR NOT NULL WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The contract version that judged it.',
    "RECORD_ID" VARCHAR NOT NULL WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Names its row of BRONZE: source/epoch/partition/offset.',
    "LANDED_ORDER" VARCHAR NOT NULL WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Text that sorts as rows landed: of one key, the greatest counts.'
)
    DATA_RETENTION_TIME_IN_DAYS = 7
    CHANGE_TRACKING = TRUE
    COMMENT = 'The landed events of orders_events_v1, typed, one row per event_id: of several the one that landed last. Nothing is folded, so that a late correction reaches all of GOLD.'
    WITH ROW ACCESS POLICY "BROOK_COMMERCE"."OPS"."ROWS_BY_REGION" ON ("REGION")
    WITH TAG ("BROOK_COMMERCE"."OPS"."HIGHEST_CLASS" = 'pii', "BROOK_COMMERCE"."OPS"."DATA_PRODUCT" = 'orders', "BROOK_COMMERCE"."OPS"."RETENTION_DAYS" = '400');

create stream if not exists "BROOK_COMMERCE"."SILVER"."ORDERS_EVENTS__ORDERS_EVENTS_V1"
    on table "BROOK_COMMERCE"."BRONZE"."ORDERS_EVENTS_V1"
    append_only = true
    show_initial_rows = true;

create or alter task "BROOK_COMMERCE"."SILVER"."ORDERS_EVENTS__TASK"
    USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = 'XSMALL'
    OVERLAP_POLICY = NO_OVERLAP
    SUSPEND_TASK_AFTER_NUM_FAILURES = 5
    COMMENT = 'Fills ORDERS_EVENTS (definition d0a611a38a906e0e329610d7825e4230, governance e56f0f7c8d643b2fe699914921f1db3b)'
    TASK_AUTO_RETRY_ATTEMPTS = 2
    USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS = 30
    TARGET_COMPLETION_INTERVAL = '1 MINUTES'
    when
        system$stream_has_data('BROOK_COMMERCE.SILVER.ORDERS_EVENTS__ORDERS_EVENTS_V1')
as
merge into "BROOK_COMMERCE"."SILVER"."ORDERS_EVENTS" as t
    using (
        with

landed as (

    select
        *,
        payload as parsed
    from "BROOK_COMMERCE"."SILVER"."ORDERS_EVENTS__ORDERS_EVENTS_V1"
    where outcome = 'landed'

),

typed as (

    select
        event_id,
        event_type,
        event_ts,
        case when event_ts > least(coalesce(source_ts, ingested_at), ingested_at) + interval '60 seconds' then least(coalesce(source_ts, ingested_at), ingested_at) else event_ts end as happened_at,

        try_cast(parsed:"sent_at"::varchar as timestamp_tz) as sent_at,
        parsed:"schema_version"::varchar as schema_version,
        parsed:"order_id"::varchar as order_id,
        parsed:"customer"."id"::varchar as customer_id,
        parsed:"customer"."email"::varchar as customer_email,
        parsed:"customer"."name"::varchar as customer_name,
        parsed:"customer"."phone"::varchar as customer_phone,
        parsed:"region"::varchar as region,
        parsed:"currency"::varchar as currency,
        try_cast(parsed:"total_usd"::varchar as number(12,2)) as total_usd,
        strip_null_value(parsed:"items") as items,
        parsed:"shipping_address"."line1"::varchar as shipping_address_line1,
        parsed:"shipping_address"."city"::varchar as shipping_address_city,
        parsed:"shipping_address"."postal_code"::varchar as shipping_address_postal_code,
        parsed:"shipping_address"."country"::varchar as shipping_address_country,
        parsed:"coupon"::varchar as coupon,
        link_tokens:"member"::varchar as member_link_token,
        is_late,
        event_ts > least(coalesce(source_ts, ingested_at), ingested_at) + interval '60 seconds' as is_clock_ahead,
        ingested_at,
        contract_version,
        source || '/' || cast(source_epoch as varchar) || '/' || source_partition || '/' || source_offset as record_id,
        to_char(convert_timezone('UTC', ingested_at), 'YYYY-MM-DD"T"HH24:MI:SS.FF6') || '/' || source || '/' || lpad(cast(source_epoch as varchar), 10, '0')
    || '/' || source_partition || '/' || lpad(split_part(source_offset, ':', 1), 80, '0')
    || lpad(split_part(source_offset, ':', 2), 20, '0') as landed_order
    from landed

)

select
    *,
    count(*) over (partition by event_id) - 1 as duplicates
from typed
qualify row_number() over (partition by event_id order by landed_order desc) = 1
    ) as s
        on t."EVENT_ID" = s."EVENT_ID"
    when matched and s."LANDED_ORDER" > t."LANDED_ORDER" then update set
        "EVENT_TYPE" = s."EVENT_TYPE",
        "EVENT_TS" = s."EVENT_TS",
        "HAPPENED_AT" = s."HAPPENED_AT",
        "SENT_AT" = s."SENT_AT",
        "SCHEMA_VERSION" = s."SCHEMA_VERSION",
        "ORDER_ID" = s."ORDER_ID",
        "CUSTOMER_ID" = s."CUSTOMER_ID",
        "CUSTOMER_EMAIL" = s."CUSTOMER_EMAIL",
        "CUSTOMER_NAME" = s."CUSTOMER_NAME",
        "CUSTOMER_PHONE" = s."CUSTOMER_PHONE",
        "REGION" = s."REGION",
        "CURRENCY" = s."CURRENCY",
        "TOTAL_USD" = s."TOTAL_USD",
        "ITEMS" = s."ITEMS",
        "SHIPPING_ADDRESS_LINE1" = s."SHIPPING_ADDRESS_LINE1",
        "SHIPPING_ADDRESS_CITY" = s."SHIPPING_ADDRESS_CITY",
        "SHIPPING_ADDRESS_POSTAL_CODE" = s."SHIPPING_ADDRESS_POSTAL_CODE",
        "SHIPPING_ADDRESS_COUNTRY" = s."SHIPPING_ADDRESS_COUNTRY",
        "COUPON" = s."COUPON",
        "MEMBER_LINK_TOKEN" = s."MEMBER_LINK_TOKEN",
        "IS_LATE" = s."IS_LATE",
        "IS_CLOCK_AHEAD" = s."IS_CLOCK_AHEAD",
        "INGESTED_AT" = s."INGESTED_AT",
        "CONTRACT_VERSION" = s."CONTRACT_VERSION",
        "RECORD_ID" = s."RECORD_ID",
        "LANDED_ORDER" = s."LANDED_ORDER",
        "DUPLICATES" = t."DUPLICATES" + s."DUPLICATES" + 1
    when matched then update set
        "DUPLICATES" = t."DUPLICATES" + s."DUPLICATES" + 1
    when not matched then insert ("EVENT_ID", "EVENT_TYPE", "EVENT_TS", "HAPPENED_AT", "SENT_AT", "SCHEMA_VERSION", "ORDER_ID", "CUSTOMER_ID", "CUSTOMER_EMAIL", "CUSTOMER_NAME", "CUSTOMER_PHONE", "REGION", "CURRENCY", "TOTAL_USD", "ITEMS", "SHIPPING_ADDRESS_LINE1", "SHIPPING_ADDRESS_CITY", "SHIPPING_ADDRESS_POSTAL_CODE", "SHIPPING_ADDRESS_COUNTRY", "COUPON", "MEMBER_LINK_TOKEN", "IS_LATE", "IS_CLOCK_AHEAD", "DUPLICATES", "INGESTED_AT", "CONTRACT_VERSION", "RECORD_ID", "LANDED_ORDER")
        values (s."EVENT_ID", s."EVENT_TYPE", s."EVENT_TS", s."HAPPENED_AT", s."SENT_AT", s."SCHEMA_VERSION", s."ORDER_ID", s."CUSTOMER_ID", s."CUSTOMER_EMAIL", s."CUSTOMER_NAME", s."CUSTOMER_PHONE", s."REGION", s."CURRENCY", s."TOTAL_USD", s."ITEMS", s."SHIPPING_ADDRESS_LINE1", s."SHIPPING_ADDRESS_CITY", s."SHIPPING_ADDRESS_POSTAL_CODE", s."SHIPPING_ADDRESS_COUNTRY", s."COUPON", s."MEMBER_LINK_TOKEN", s."IS_LATE", s."IS_CLOCK_AHEAD", s."DUPLICATES", s."INGESTED_AT", s."CONTRACT_VERSION", s."RECORD_ID", s."LANDED_ORDER");

alter task "BROOK_COMMERCE"."SILVER"."ORDERS_EVENTS__TASK" resume;
