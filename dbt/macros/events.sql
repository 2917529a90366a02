{#-
    When the source took the record, or the collector, where the source does not say. Never after the collector had it:
    the source's time may be the producer's clock as well (Kafka's CreateTime).
-#}
{% macro arrived_at() -%}
    least(coalesce(source_ts, ingested_at), ingested_at)
{%- endmacro %}

{% macro is_clock_ahead() -%}
    event_ts > {{ arrived_at() }} + interval '{{ var("clock_tolerance_seconds") }} seconds'
{%- endmacro %}

{#- When it happened, and no later than it arrived: a clock that is ahead does not outrank what comes later. -#}
{% macro happened_at() -%}
    case when {{ is_clock_ahead() }} then {{ arrived_at() }} else event_ts end
{%- endmacro %}

{#- Names the row of BRONZE for ever. -#}
{% macro record_id() -%}
    source || '/' || cast(source_epoch as varchar) || '/' || source_partition || '/' || source_offset
{%- endmacro %}

{#-
    A text that sorts as rows landed, where an offset is a number of up to 80 digits, or two with a colon between: of
    Kinesis, a sequence number and the place within an aggregate.
-#}
{% macro landed_order() -%}
    {{ adapter.dispatch('sortable_time')('ingested_at') }} || '/' || source || '/' || lpad(cast(source_epoch as varchar), 10, '0')
    || '/' || source_partition || '/' || lpad(split_part(source_offset, ':', 1), 80, '0')
    || lpad(split_part(source_offset, ':', 2), 20, '0')
{%- endmacro %}

{% macro duckdb__sortable_time(column) -%}
    strftime({{ column }}, '%Y-%m-%dT%H:%M:%S.%f')
{%- endmacro %}

{#- One row of each key: the one that landed last, and how many others there were. -#}
{% macro latest_of(cte, keys) -%}
select
    *,
    count(*) over (partition by {{ keys | join(', ') }}) - 1 as duplicates
from {{ cte }}
qualify row_number() over (partition by {{ keys | join(', ') }} order by landed_order desc) = 1
{%- endmacro %}

{#- How long what happened may still be on its way to a SILVER model: the watermark of its stream's contract. -#}
{% macro watermark_seconds(model_name) -%}
    {{ declared_node('model.' ~ project_name ~ '.' ~ model_name).das.watermarkSeconds if execute else 0 }}
{%- endmacro %}

{#-
    A SILVER table: the landed events of a stream, typed as its contract says, one row of each key. Its model is generated for
    each stream.
-#}
{% macro landed_events(domain, stream, keys) -%}
with

landed as (

    select
        *,
        {{ parsed_payload() }} as parsed
    from {{ new_rows(source(domain ~ '_bronze', stream)) }}
    where outcome = 'landed'

),

typed as (

    select
        event_id,
        event_type,
        event_ts,
        {{ happened_at() }} as happened_at,
        {{ typed_payload() }},
        is_late,
        {{ is_clock_ahead() }} as is_clock_ahead,
        ingested_at,
        contract_version,
        {{ record_id() }} as record_id,
        {{ landed_order() }} as landed_order
    from landed

)

{{ latest_of('typed', keys) }}
{%- endmacro %}
