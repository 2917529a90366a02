with

-- The newest generation of a token, of all that it was mapped to.
tokens as (

    {{ newest_tokens(source('brook_health_ops', 'token_rekeys')) }}

),

events as (

    select
        events.*,
        coalesce(patient.new_token, events.patient_mrn) as patient_id,
        coalesce(member.new_token, events.member_link_token) as newest_link_token
    from {{ ref('encounters_events') }} as events
    left join tokens as patient on events.patient_mrn = patient.old_token
    left join tokens as member on events.member_link_token = member.old_token

),

folded as (

    select
        patient_id,
        count(distinct encounter_id) as encounter_count,
        min(happened_at) as first_event_at,
        max(happened_at) as last_event_at
    from events
    group by patient_id

),

latest as (

    select *
    from events
    qualify row_number() over (partition by patient_id order by happened_at desc, event_id desc) = 1

)

select
    folded.patient_id,
    latest.patient_name as name,
    latest.patient_date_of_birth as date_of_birth,
    latest.patient_email as email,
    latest.patient_phone as phone,
    latest.patient_address_postal_code as postal_area,
    latest.patient_address_country as country,
    latest.region,
    latest.newest_link_token as member_link_token,
    folded.encounter_count,
    folded.first_event_at,
    folded.last_event_at
from folded
inner join latest on folded.patient_id = latest.patient_id
