with

orders as (

    select
        *,
        {{ record_id() }} as record_id,
        'orders_events_v1' as stream_name
    from {{ new_rows(source('brook_commerce_bronze', 'orders_events_v1')) }}
    where outcome = 'dead' or replay_of is not null

),

auth as (

    select
        *,
        {{ record_id() }} as record_id,
        'auth_events_v1' as stream_name
    from {{ new_rows(source('brook_commerce_bronze', 'auth_events_v1')) }}
    where outcome = 'dead' or replay_of is not null

),

audit as (

    select * from {{ new_rows(source('brook_commerce_ops', 'dead_letter_audit')) }}
    where action = 'discard' and record is not null

),

records as (

    select * from orders
    union all
    select * from auth

),

dead as (

    select * from records
    where outcome = 'dead'

),

replays as (

    select
        replay_of as id,
        min(ingested_at) as replayed_at
    from records
    where replay_of is not null
    group by replay_of

),

discards as (

    select
        record as id,
        min("AT") as discarded_at
    from audit
    group by record

),

-- What is new may be any part of a dead letter: itself, a row that replays it, or that somebody gave it up.
ids as (

    select record_id as id from dead
    union distinct
    select id from replays
    union distinct
    select id from discards

)

select
    ids.id,
    dead.stream_name as stream,
    dead.dead_reason as reason,
    dead.dead_stage as stage,
    dead.dead_errors as errors,
    dead.source,
    dead.source_epoch,
    dead.source_partition,
    dead.source_offset,
    dead.ingested_at,
    dead.collector,
    dead.contract_version,
    replays.replayed_at,
    discards.discarded_at
from ids
left join dead on ids.id = dead.record_id
left join replays on ids.id = replays.id
left join discards on ids.id = discards.id
