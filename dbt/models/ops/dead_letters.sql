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
from {{ ref('dead_letter_facts') }}
where ingested_at is not null
