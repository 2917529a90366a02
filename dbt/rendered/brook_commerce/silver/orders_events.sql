-- What dbt sends to Snowflake for BROOK_COMMERCE.SILVER.ORDERS_EVENTS. Written by npm run render; do not edit.
create table if not exists "BROOK_COMMERCE"."SILVER"."ORDERS_EVENTS" (
    "EVENT_ID" VARCHAR NOT NULL COMMENT 'event_id',
    "EVENT_TYPE" VARCHAR NOT NULL COMMENT 'event_type',
    "EVENT_TS" TIMESTAMP_TZ NOT NULL COMMENT 'event_ts',
    "HAPPENED_AT" TIMESTAMP_TZ NOT NULL COMMENT 'happened_at',
    "SENT_AT" TIMESTAMP_TZ NOT NULL COMMENT 'When the producer handed the event to the log.',
    "SCHEMA_VERSION" VARCHAR NOT NULL COMMENT 'The version of this contract that the producer wrote.',
    "ORDER_ID" VARCHAR NOT NULL COMMENT 'Identifies the order; the key of the topic.',
    "CUSTOMER_ID" VARCHAR NOT NULL COMMENT 'Pseudonymous id of the customer.',
    "CUSTOMER_EMAIL" VARCHAR NOT NULL COMMENT 'The customer''s e-mail address.',
    "CUSTOMER_NAME" VARCHAR NOT NULL COMMENT 'The customer''s full name.',
    "CUSTOMER_PHONE" VARCHAR COMMENT 'The customer''s phone number.',
    "REGION" VARCHAR NOT NULL COMMENT 'Sales region; rows are visible by it.',
    "CURRENCY" VARCHAR NOT NULL COMMENT 'ISO 4217 code that the customer paid in.',
    "TOTAL_USD" NUMBER(12,2) NOT NULL COMMENT 'Order total in US dollars.',
    "ITEMS" VARIANT NOT NULL COMMENT 'Order lines.',
    "SHIPPING_ADDRESS_LINE1" VARCHAR NOT NULL COMMENT 'Street and number.',
    "SHIPPING_ADDRESS_CITY" VARCHAR NOT NULL COMMENT 'Town or city.',
    "SHIPPING_ADDRESS_POSTAL_CODE" VARCHAR NOT NULL COMMENT 'Postal code.',
    "SHIPPING_ADDRESS_COUNTRY" VARCHAR NOT NULL COMMENT 'ISO 3166-1 alpha-2 code.',
    "COUPON" VARCHAR COMMENT 'Coupon code, where one was used.',
    "MEMBER_LINK_TOKEN" VARCHAR COMMENT 'member_link_token',
    "IS_LATE" BOOLEAN NOT NULL COMMENT 'is_late',
    "IS_CLOCK_AHEAD" BOOLEAN NOT NULL COMMENT 'is_clock_ahead',
    "DUPLICATES" NUMBER(38,0) NOT NULL COMMENT 'duplicates',
    "INGESTED_AT" TIMESTAMP_TZ NOT NULL COMMENT 'ingested_at',
    "CONTRACT_VERSION" VARCHAR NOT NULL COMMENT 'contract_version',
    "RECORD_ID" VARCHAR NOT NULL COMMENT 'record_id',
    "LANDED_ORDER" VARCHAR NOT NULL COMMENT 'landed_order'
)
    DATA_RETENTION_TIME_IN_DAYS = 7
    CHANGE_TRACKING = TRUE
    COMMENT = 'ORDERS_EVENTS';

create stream if not exists "BROOK_COMMERCE"."SILVER"."ORDERS_EVENTS__ORDERS_EVENTS_V1"
    on table "BROOK_COMMERCE"."BRONZE"."ORDERS_EVENTS_V1"
    append_only = true
    show_initial_rows = true;

create or alter task "BROOK_COMMERCE"."SILVER"."ORDERS_EVENTS__TASK"
    USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = 'XSMALL'
    ALLOW_OVERLAPPING_EXECUTION = FALSE
    SUSPEND_TASK_AFTER_NUM_FAILURES = 5
    COMMENT = 'Fills ORDERS_EVENTS; definition 11fc29c2538e698751cfb9ae46913b40'
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

    select * from "BROOK_COMMERCE"."SILVER"."ORDERS_EVENTS__ORDERS_EVENTS_V1"
    where outcome = 'landed'

),

typed as (

    select
        event_id,
        event_type,
        event_ts,
        case when event_ts > coalesce(source_ts, ingested_at) + interval '60 seconds' then coalesce(source_ts, ingested_at) else event_ts end as happened_at,

        try_cast(payload:"sent_at"::varchar as timestamp_tz) as sent_at,
        payload:"schema_version"::varchar as schema_version,
        payload:"order_id"::varchar as order_id,
        payload:"customer"."id"::varchar as customer_id,
        payload:"customer"."email"::varchar as customer_email,
        payload:"customer"."name"::varchar as customer_name,
        payload:"customer"."phone"::varchar as customer_phone,
        payload:"region"::varchar as region,
        payload:"currency"::varchar as currency,
        try_cast(payload:"total_usd"::varchar as number(12,2)) as total_usd,
        payload:"items" as items,
        payload:"shipping_address"."line1"::varchar as shipping_address_line1,
        payload:"shipping_address"."city"::varchar as shipping_address_city,
        payload:"shipping_address"."postal_code"::varchar as shipping_address_postal_code,
        payload:"shipping_address"."country"::varchar as shipping_address_country,
        payload:"coupon"::varchar as coupon,
        link_tokens:"member"::varchar as member_link_token,
        is_late,
        event_ts > coalesce(source_ts, ingested_at) + interval '60 seconds' as is_clock_ahead,
        ingested_at,
        contract_version,
        source || '/' || cast(source_epoch as varchar) || '/' || source_partition || '/' || source_offset as record_id,
        to_char(convert_timezone('UTC', ingested_at), 'YYYY-MM-DD"T"HH24:MI:SS.FF6') || '/' || source || '/' || lpad(cast(source_epoch as varchar), 10, '0')
    || '/' || source_partition || '/' || lpad(source_offset, 80, '0') as landed_order
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
