with

-- The newest generation of a token, of all that it was mapped to.
tokens as (

    {{ newest_tokens(source('brook_health_ops', 'token_rekeys')) }}

),

events as (

    select
        *,
        case event_type
            when 'claim.submitted' then 1
            when 'claim.denied' then 2
            when 'claim.approved' then 3
            when 'claim.paid' then 4
        end as step
    from {{ ref('claims_files') }}

),

folded as (

    select
        claim_id,
        min(case when event_type = 'claim.submitted' then happened_at end) as submitted_at,
        max(happened_at) as last_event_at,
        count(*) as event_count
    from events
    group by claim_id

),

latest as (

    select *
    from events
    qualify row_number() over (partition by claim_id order by happened_at desc, step desc, event_id desc) = 1

)

select
    folded.claim_id,
    coalesce(patient.new_token, latest.patient_mrn) as patient_id,
    coalesce(member.new_token, latest.member_id) as member_id,
    coalesce(provider.new_token, latest.provider_npi) as provider_id,
    case latest.event_type
        when 'claim.submitted' then 'submitted'
        when 'claim.denied' then 'denied'
        when 'claim.approved' then 'approved'
        when 'claim.paid' then 'paid'
    end as state,
    latest.service_date,
    latest.diagnosis_code,
    latest.procedure_code,
    latest.billed_usd,
    latest.allowed_usd,
    latest.paid_usd,
    latest.denial_reason,
    latest.region,
    folded.submitted_at,
    folded.last_event_at,
    folded.event_count
from folded
inner join latest on folded.claim_id = latest.claim_id
left join tokens as patient on latest.patient_mrn = patient.old_token
left join tokens as member on latest.member_id = member.old_token
left join tokens as provider on latest.provider_npi = provider.old_token
