-- What dbt sends to Snowflake for BROOK_LOGISTICS.OPS.DEAD_LETTER_FACTS. Written by npm run render; do not edit.
create table if not exists "BROOK_LOGISTICS"."OPS"."DEAD_LETTER_FACTS" (
    "ID" VARCHAR NOT NULL COMMENT 'Names the dead letter: source, epoch, partition and offset of its record.',
    "STREAM" VARCHAR COMMENT 'The stream, as its contract names it.',
    "REASON" VARCHAR COMMENT 'Why it was refused: a code.',
    "STAGE" VARCHAR COMMENT 'The step that refused it.',
    "ERRORS" VARIANT COMMENT 'Paths and rules; no values.',
    "SOURCE" VARCHAR COMMENT 'Where the record came from; begins with `replay:` where a replay was refused again.',
    "SOURCE_EPOCH" NUMBER(10,0) COMMENT 'Epoch of the source’s log.',
    "SOURCE_PARTITION" VARCHAR COMMENT 'Partition of the source.',
    "SOURCE_OFFSET" VARCHAR COMMENT 'Position in the partition.',
    "INGESTED_AT" TIMESTAMP_TZ COMMENT 'When it was refused.',
    "COLLECTOR" VARCHAR COMMENT 'By which build.',
    "CONTRACT_VERSION" VARCHAR COMMENT 'By which contract.',
    "REPLAYED_AT" TIMESTAMP_TZ COMMENT 'When the first row that replays it was ingested.',
    "DISCARDED_AT" TIMESTAMP_TZ COMMENT 'When it was first given up.'
)
    DATA_RETENTION_TIME_IN_DAYS = 7
    CHANGE_TRACKING = TRUE
    COMMENT = 'What is known of each dead letter, as it became known: the refusal, a replay, a discard. Internal; a row may have a replay or a discard alone, where its refusal is not known (yet).';

create stream if not exists "BROOK_LOGISTICS"."OPS"."DEAD_LETTER_FACTS__SHIPMENTS_EVENTS_V1"
    on table "BROOK_LOGISTICS"."BRONZE"."SHIPMENTS_EVENTS_V1"
    append_only = true
    show_initial_rows = true;

create stream if not exists "BROOK_LOGISTICS"."OPS"."DEAD_LETTER_FACTS__DEAD_LETTER_AUDIT"
    on table "BROOK_LOGISTICS"."OPS"."DEAD_LETTER_AUDIT"
    append_only = true
    show_initial_rows = true;

create or alter task "BROOK_LOGISTICS"."OPS"."DEAD_LETTER_FACTS__TASK"
    USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = 'XSMALL'
    OVERLAP_POLICY = NO_OVERLAP
    SUSPEND_TASK_AFTER_NUM_FAILURES = 5
    COMMENT = 'Fills DEAD_LETTER_FACTS (definition 0eeecbb8339ec40157d40a33dcca2472, governance c0e0bfb6ee08cf4a6d2bc71b7023cd63)'
    TASK_AUTO_RETRY_ATTEMPTS = 2
    USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS = 30
    TARGET_COMPLETION_INTERVAL = '1 MINUTES'
    when
        system$stream_has_data('BROOK_LOGISTICS.OPS.DEAD_LETTER_FACTS__SHIPMENTS_EVENTS_V1')
        or system$stream_has_data('BROOK_LOGISTICS.OPS.DEAD_LETTER_FACTS__DEAD_LETTER_AUDIT')
as
merge into "BROOK_LOGISTICS"."OPS"."DEAD_LETTER_FACTS" as t
    using (
        with

records as (

    select
        outcome,
        dead_reason,
        dead_stage,
        dead_errors,
        source,
        source_epoch,
        source_partition,
        source_offset,
        ingested_at,
        collector,
        contract_version,
        replay_of,
        source || '/' || cast(source_epoch as varchar) || '/' || source_partition || '/' || source_offset as record_id,
        'shipments_events_v1' as stream_name
    from "BROOK_LOGISTICS"."OPS"."DEAD_LETTER_FACTS__SHIPMENTS_EVENTS_V1"
    where outcome = 'dead' or replay_of is not null


),

audit as (

    select * from "BROOK_LOGISTICS"."OPS"."DEAD_LETTER_FACTS__DEAD_LETTER_AUDIT"
    where action = 'discard' and record is not null

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
    ) as s
        on t."ID" = s."ID"
    when matched then update set
        "STREAM" = coalesce(least(t."STREAM", s."STREAM"), t."STREAM", s."STREAM"),
        "REASON" = coalesce(least(t."REASON", s."REASON"), t."REASON", s."REASON"),
        "STAGE" = coalesce(least(t."STAGE", s."STAGE"), t."STAGE", s."STAGE"),
        "ERRORS" = coalesce(t."ERRORS", s."ERRORS"),
        "SOURCE" = coalesce(least(t."SOURCE", s."SOURCE"), t."SOURCE", s."SOURCE"),
        "SOURCE_EPOCH" = coalesce(least(t."SOURCE_EPOCH", s."SOURCE_EPOCH"), t."SOURCE_EPOCH", s."SOURCE_EPOCH"),
        "SOURCE_PARTITION" = coalesce(least(t."SOURCE_PARTITION", s."SOURCE_PARTITION"), t."SOURCE_PARTITION", s."SOURCE_PARTITION"),
        "SOURCE_OFFSET" = coalesce(least(t."SOURCE_OFFSET", s."SOURCE_OFFSET"), t."SOURCE_OFFSET", s."SOURCE_OFFSET"),
        "INGESTED_AT" = coalesce(least(t."INGESTED_AT", s."INGESTED_AT"), t."INGESTED_AT", s."INGESTED_AT"),
        "COLLECTOR" = coalesce(least(t."COLLECTOR", s."COLLECTOR"), t."COLLECTOR", s."COLLECTOR"),
        "CONTRACT_VERSION" = coalesce(least(t."CONTRACT_VERSION", s."CONTRACT_VERSION"), t."CONTRACT_VERSION", s."CONTRACT_VERSION"),
        "REPLAYED_AT" = coalesce(least(t."REPLAYED_AT", s."REPLAYED_AT"), t."REPLAYED_AT", s."REPLAYED_AT"),
        "DISCARDED_AT" = coalesce(least(t."DISCARDED_AT", s."DISCARDED_AT"), t."DISCARDED_AT", s."DISCARDED_AT")

    when not matched then insert ("ID", "STREAM", "REASON", "STAGE", "ERRORS", "SOURCE", "SOURCE_EPOCH", "SOURCE_PARTITION", "SOURCE_OFFSET", "INGESTED_AT", "COLLECTOR", "CONTRACT_VERSION", "REPLAYED_AT", "DISCARDED_AT")
        values (s."ID", s."STREAM", s."REASON", s."STAGE", s."ERRORS", s."SOURCE", s."SOURCE_EPOCH", s."SOURCE_PARTITION", s."SOURCE_OFFSET", s."INGESTED_AT", s."COLLECTOR", s."CONTRACT_VERSION", s."REPLAYED_AT", s."DISCARDED_AT");

alter task "BROOK_LOGISTICS"."OPS"."DEAD_LETTER_FACTS__TASK" resume;
