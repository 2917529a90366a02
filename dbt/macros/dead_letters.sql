{#-
    What is known of the dead letters of a domain. Its model is generated for each domain, with the domain's streams; it is
    filled by refusals, replays and discards, in whichever order they come.
-#}
{% macro dead_letter_facts(domain, streams) -%}
with

records as (

    {% for stream in streams -%}
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
        {{ record_id() }} as record_id,
        '{{ stream }}' as stream_name
    from {{ new_rows(source(domain ~ '_bronze', stream)) }}
    where outcome = 'dead' or replay_of is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

audit as (

    select * from {{ new_rows(source(domain ~ '_ops', 'dead_letter_audit')) }}
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
{%- endmacro %}

{#- What became of each of them. -#}
{% macro dead_letters(domain) -%}
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
from {{ ref(domain ~ '_dead_letter_facts') }}
where ingested_at is not null
{%- endmacro %}
