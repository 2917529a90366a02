with

-- The newest generation of a token, of all that it was mapped to.
tokens as (

    {{ newest_tokens(source('brook_health_ops', 'token_rekeys')) }}

),

events as (

    select
        *,
        case event_type
            when 'encounter.admitted' then 1
            when 'encounter.transferred' then 2
            when 'encounter.discharged' then 3
            else 0
        end as step
    from {{ ref('encounters_events') }}

),

folded as (

    select
        encounter_id,
        max(step) as furthest,
        min(case when event_type = 'encounter.admitted' then happened_at end) as admitted_at,
        max(case when event_type = 'encounter.discharged' then happened_at end) as discharged_at,
        count(case when event_type = 'encounter.transferred' then 1 end) as transfer_count,
        max(happened_at) as last_event_at,
        count(*) as event_count,
        max(case when is_late then 1 else 0 end) = 1 as has_late_events
    from events
    group by encounter_id

),

latest as (

    select *
    from events
    qualify row_number() over (partition by encounter_id order by happened_at desc, step desc, event_id desc) = 1

)

select
    folded.encounter_id,
    coalesce(patient.new_token, latest.patient_mrn) as patient_id,
    case folded.furthest when 3 then 'discharged' when 2 then 'transferred' else 'admitted' end as state,
    latest.class,
    coalesce(provider.new_token, latest.provider_npi) as provider_id,
    latest.facility_id,
    latest.facility_name,
    latest.department,
    {{ first_element_value('latest.diagnoses', ['code'], 'VARCHAR') }} as main_diagnosis,
    {{ array_length('latest.diagnoses') }} as diagnosis_count,
    latest.region,
    folded.admitted_at,
    folded.discharged_at,
    case
        when folded.discharged_at >= folded.admitted_at
            then floor({{ milliseconds_between('folded.admitted_at', 'folded.discharged_at') }} / 3600000)
    end as stay_hours,
    folded.transfer_count,
    folded.last_event_at,
    folded.event_count,
    folded.has_late_events
from folded
inner join latest on folded.encounter_id = latest.encounter_id
left join tokens as patient on latest.patient_mrn = patient.old_token
left join tokens as provider on latest.provider_npi = provider.old_token
