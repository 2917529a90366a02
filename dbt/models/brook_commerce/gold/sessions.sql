with

events as (

    select * from {{ ref('auth_events') }}

),

-- How far the data has come: what happened before is taken to be known. Never the wall clock.
watermark as (

    select max(happened_at) - interval '{{ watermark_seconds("auth_events") }} seconds' as reached
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
            when folded.last_event_at + interval '{{ var("session_timeout_minutes") }} minutes' <= watermark.reached
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
    floor({{ milliseconds_between('closed.started_at', 'closed.ended_at') }} / 1000) as duration_seconds,
    {{ utc_date('closed.started_at') }} as session_date,
    closed.device,
    closed.region,
    closed.refresh_count,
    coalesce(logins.failed_logins, 0) as failed_logins
from closed
left join logins
    on closed.customer_id = logins.customer_id and closed.logged_in_at = logins.happened_at
