with

-- The newest generation of a token, of all that it was mapped to.
tokens as (

    {{ newest_tokens(source('brook_health_ops', 'token_rekeys')) }}

),

events as (

    select
        events.*,
        coalesce(patient.new_token, events.patient_mrn) as patient_id
    from {{ ref('consents_events') }} as events
    left join tokens as patient on events.patient_mrn = patient.old_token

),

counted as (

    select
        patient_id,
        purpose,
        count(*) as event_count
    from events
    group by patient_id, purpose

),

latest as (

    select *
    from events
    qualify row_number() over (partition by patient_id, purpose order by happened_at desc, event_id desc) = 1

)

select
    counted.patient_id,
    counted.purpose,
    latest.event_type = 'consent.granted' as is_granted,
    latest.channel,
    latest.region,
    latest.happened_at as since,
    counted.event_count
from counted
inner join latest on counted.patient_id = latest.patient_id and counted.purpose = latest.purpose
