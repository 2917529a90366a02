with

landed as (

    select
        *,
        {{ parsed_payload() }} as parsed
    from {{ new_rows(source('brook_logistics_bronze', 'shipments_events_v1')) }}
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

{{ latest_of('typed', ['event_id']) }}
