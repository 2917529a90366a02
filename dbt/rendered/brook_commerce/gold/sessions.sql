-- What dbt sends to Snowflake for BROOK_COMMERCE.GOLD.SESSIONS. Written by npm run render; do not edit.
create or replace dynamic table "BROOK_COMMERCE"."GOLD"."SESSIONS" (
    "SESSION_ID" VARCHAR WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Identifies the session.',
    "CUSTOMER_ID" VARCHAR WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'confidential') COMMENT 'Pseudonymous id of the customer, from the latest event of the session, which has the greatest (time it happened, event_id); texts are compared by code point.',
    "STATE" VARCHAR WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT '`ended`, `expired` or `open`.',
    "STARTED_AT" TIMESTAMP_TZ WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The earliest time at which a login.succeeded of the session happened; where it has none, the earliest of any of its events.',
    "ENDED_AT" TIMESTAMP_TZ WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'ended: the latest time at which a session.ended of it happened, or started_at where that is later. expired: last_event_at. open: null.',
    "LAST_EVENT_AT" TIMESTAMP_TZ WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The latest time at which any event of the session happened.',
    "DURATION_SECONDS" NUMBER(38,0) WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Whole seconds from started_at to ended_at: each of the two rounded down to the millisecond, the milliseconds between them by 1000, rounded down; null where ended_at is null.',
    "SESSION_DATE" DATE WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'The date of started_at in UTC.',
    "DEVICE" VARCHAR WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Kind of device, from the latest event of the session, as customer_id.',
    "REGION" VARCHAR WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'Sales region, from the latest event of the session, as customer_id; rows are visible by it.',
    "REFRESH_COUNT" NUMBER(38,0) WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'internal') COMMENT 'How many session.refreshed the session has.',
    "FAILED_LOGINS" NUMBER(38,0) WITH TAG ("BROOK_COMMERCE"."OPS"."CLASSIFICATION" = 'confidential') COMMENT 'Failed logins before the success. The customer''s successful logins are the distinct times at which a login.succeeded with its customer_id happened, over all sessions. Counted are the login.failed with customer_id of this row, of any session_id, that happened after the last successful login before the session''s first one (or at any time, where there is none before) and not after the session''s first one. The session''s first one is its earliest login.succeeded; 0 where it has none.'
)
    TARGET_LAG = '300 seconds'
    WAREHOUSE = "BROOK_COMMERCE_TRANSFORM_WH"
    REFRESH_MODE = FULL
    INITIALIZE = ON_CREATE
    DATA_RETENTION_TIME_IN_DAYS = 7
    COMMENT = 'One row per session that has at least one event other than login.failed. (definition b7077adb5af615c0b37b6707f518a41a)'
    COPY GRANTS
    WITH ROW ACCESS POLICY "BROOK_COMMERCE"."OPS"."ROWS_BY_REGION" ON ("REGION")
    WITH TAG ("BROOK_COMMERCE"."OPS"."HIGHEST_CLASS" = 'confidential', "BROOK_COMMERCE"."OPS"."DATA_PRODUCT" = 'sessions', "BROOK_COMMERCE"."OPS"."RETENTION_DAYS" = '1825')
    FROZEN WHERE ("LAST_EVENT_AT" < current_timestamp() - interval '390 days')
as
select
    cast("SESSION_ID" as VARCHAR) as "SESSION_ID",
    cast("CUSTOMER_ID" as VARCHAR) as "CUSTOMER_ID",
    cast("STATE" as VARCHAR) as "STATE",
    cast("STARTED_AT" as TIMESTAMP_TZ) as "STARTED_AT",
    cast("ENDED_AT" as TIMESTAMP_TZ) as "ENDED_AT",
    cast("LAST_EVENT_AT" as TIMESTAMP_TZ) as "LAST_EVENT_AT",
    cast("DURATION_SECONDS" as NUMBER(38,0)) as "DURATION_SECONDS",
    cast("SESSION_DATE" as DATE) as "SESSION_DATE",
    cast("DEVICE" as VARCHAR) as "DEVICE",
    cast("REGION" as VARCHAR) as "REGION",
    cast("REFRESH_COUNT" as NUMBER(38,0)) as "REFRESH_COUNT",
    cast("FAILED_LOGINS" as NUMBER(38,0)) as "FAILED_LOGINS"
from (
with

events as (

    select * from "BROOK_COMMERCE"."SILVER"."AUTH_EVENTS"

),

-- How far the data has come: what happened before is taken to be known. Never the wall clock.
watermark as (

    select max(happened_at) - interval '7200 seconds' as reached
    from events

),

-- A session in which nobody succeeded is none.
activity as (

    select * from events
    where event_type <> 'login.failed'

),

latest as (

    select
        session_id,
        customer_id,
        device,
        region
    from activity
    qualify row_number() over (partition by session_id order by happened_at desc, event_id desc) = 1

),

folded as (

    select
        session_id,
        min(case when event_type = 'login.succeeded' then happened_at end) as logged_in_at,
        min(happened_at) as first_event_at,
        max(happened_at) as last_event_at,
        max(case when event_type = 'session.ended' then happened_at end) as last_ended_at,
        count(case when event_type = 'session.refreshed' then 1 end) as refresh_count
    from activity
    group by session_id

),

sessions as (

    select
        folded.session_id,
        latest.customer_id,
        latest.device,
        latest.region,
        folded.logged_in_at,
        coalesce(folded.logged_in_at, folded.first_event_at) as started_at,
        folded.last_event_at,
        folded.last_ended_at,
        folded.refresh_count,
        case
            when folded.last_ended_at is not null then 'ended'
            when folded.last_event_at + interval '30 minutes' <= watermark.reached
                then 'expired'
            else 'open'
        end as state
    from folded
    inner join latest on folded.session_id = latest.session_id
    cross join watermark

),

closed as (

    select
        *,
        case state
            when 'ended' then greatest(started_at, last_ended_at)
            when 'expired' then last_event_at
        end as ended_at
    from sessions

),

-- What counts for failed logins: they, the successes between which they fall, and the logins that they are told of.
moments as (

    select
        customer_id,
        happened_at,
        case when event_type = 'login.failed' then 1 else 0 end as failures,
        case when event_type = 'login.succeeded' then 1 else 0 end as successes
    from events
    where event_type in ('login.failed', 'login.succeeded')

    union all

    select
        customer_id,
        logged_in_at as happened_at,
        0 as failures,
        0 as successes
    from sessions
    where logged_in_at is not null

),

distinct_moments as (

    select
        customer_id,
        happened_at,
        sum(failures) as failures,
        sum(successes) as successes
    from moments
    group by customer_id, happened_at

),

counted as (

    select
        customer_id,
        happened_at,
        successes,
        sum(failures) over (
            partition by customer_id order by happened_at rows between unbounded preceding and current row
        ) as failures_so_far
    from distinct_moments

),

logins as (

    select
        customer_id,
        happened_at,
        failures_so_far - coalesce(max(case when successes > 0 then failures_so_far end) over (
            partition by customer_id order by happened_at rows between unbounded preceding and 1 preceding
        ), 0) as failed_logins
    from counted

)

select
    closed.session_id,
    closed.customer_id,
    closed.state,
    closed.started_at,
    closed.ended_at,
    closed.last_event_at,
    floor(datediff('millisecond', closed.started_at, closed.ended_at) / 1000) as duration_seconds,
    cast(convert_timezone('UTC', closed.started_at) as date) as session_date,
    closed.device,
    closed.region,
    closed.refresh_count,
    coalesce(logins.failed_logins, 0) as failed_logins
from closed
left join logins
    on closed.customer_id = logins.customer_id and closed.logged_in_at = logins.happened_at
);

grant select on dynamic table "BROOK_COMMERCE"."GOLD"."SESSIONS" to database role "BROOK_COMMERCE"."GOLD_READ_SESSIONS";
