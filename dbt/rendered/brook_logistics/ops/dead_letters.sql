-- What dbt sends to Snowflake for BROOK_LOGISTICS.OPS.DEAD_LETTERS. Written by npm run render; do not edit.
create or replace secure view "BROOK_LOGISTICS"."OPS"."DEAD_LETTERS" (
    "ID" COMMENT 'Names the dead letter: source, epoch, partition and offset of its record.',
    "STREAM" COMMENT 'The stream, as its contract names it.',
    "REASON" COMMENT 'Why it was refused: a code.',
    "STAGE" COMMENT 'The step that refused it.',
    "ERRORS" COMMENT 'Paths and rules; no values.',
    "SOURCE" COMMENT 'Where the record came from; begins with `replay:` where a replay was refused again.',
    "SOURCE_EPOCH" COMMENT 'Epoch of the source’s log.',
    "SOURCE_PARTITION" COMMENT 'Partition of the source.',
    "SOURCE_OFFSET" COMMENT 'Position in the partition.',
    "INGESTED_AT" COMMENT 'When it was refused.',
    "COLLECTOR" COMMENT 'By which build.',
    "CONTRACT_VERSION" COMMENT 'By which contract.',
    "STATE" COMMENT '`replayed` where a row replays it, else `discarded` where somebody gave it up, else `open`.',
    "REPLAYED_AT" COMMENT 'When the first row that replays it was ingested.',
    "DISCARDED_AT" COMMENT 'When it was first given up.'
)
    COPY GRANTS
    COMMENT = 'One row per record that was refused, and what became of it. The payload stays in BRONZE, encrypted.'
as
select
    cast("ID" as VARCHAR) as "ID",
    cast("STREAM" as VARCHAR) as "STREAM",
    cast("REASON" as VARCHAR) as "REASON",
    cast("STAGE" as VARCHAR) as "STAGE",
    cast("ERRORS" as VARIANT) as "ERRORS",
    cast("SOURCE" as VARCHAR) as "SOURCE",
    cast("SOURCE_EPOCH" as NUMBER(10,0)) as "SOURCE_EPOCH",
    cast("SOURCE_PARTITION" as VARCHAR) as "SOURCE_PARTITION",
    cast("SOURCE_OFFSET" as VARCHAR) as "SOURCE_OFFSET",
    cast("INGESTED_AT" as TIMESTAMP_TZ) as "INGESTED_AT",
    cast("COLLECTOR" as VARCHAR) as "COLLECTOR",
    cast("CONTRACT_VERSION" as VARCHAR) as "CONTRACT_VERSION",
    cast("STATE" as VARCHAR) as "STATE",
    cast("REPLAYED_AT" as TIMESTAMP_TZ) as "REPLAYED_AT",
    cast("DISCARDED_AT" as TIMESTAMP_TZ) as "DISCARDED_AT"
from (
select
    id,
    stream,
    reason,
    stage,
    errors,
    source,
    source_epoch,
    source_partition,
    source_offset,
    ingested_at,
    collector,
    contract_version,
    case
        when replayed_at is not null then 'replayed'
        when discarded_at is not null then 'discarded'
        else 'open'
    end as state,
    replayed_at,
    discarded_at
from "BROOK_LOGISTICS"."OPS"."DEAD_LETTER_FACTS"
where ingested_at is not null
);
