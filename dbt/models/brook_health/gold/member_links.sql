with

-- The newest generation of a token, of all that it was mapped to: a row that is frozen has an older one.
tokens as (

    {{ newest_tokens(source('brook_health_ops', 'token_rekeys')) }}

),

patients as (

    select
        patients.region,
        patients.encounter_count,
        patients.last_event_at,
        coalesce(patient.new_token, patients.patient_id) as patient_id,
        coalesce(member.new_token, patients.member_link_token) as link_token
    from {{ ref('patients') }} as patients
    left join tokens as patient on patients.patient_id = patient.old_token
    left join tokens as member on patients.member_link_token = member.old_token
    qualify
        row_number() over (
            partition by coalesce(patient.new_token, patients.patient_id)
            order by patients.last_event_at desc, patients.patient_id desc
        ) = 1

),

customers as (

    select
        customers.customer_id,
        customers.region,
        customers.since,
        coalesce(member.new_token, customers.member_link_token) as link_token
    from {{ ref('customers') }} as customers
    left join tokens as member on customers.member_link_token = member.old_token

),

-- Who shares a token is nobody in particular.
own_patients as (

    select *
    from patients
    where link_token is not null
    qualify count(*) over (partition by link_token) = 1

),

own_customers as (

    select *
    from customers
    where link_token is not null
    qualify count(*) over (partition by link_token) = 1

),

-- What was said last, with whichever token: of two at once, no.
consents as (

    select
        consents.purpose,
        consents.is_granted,
        consents.since,
        coalesce(patient.new_token, consents.patient_id) as patient_id
    from {{ ref('patient_consents') }} as consents
    left join tokens as patient on consents.patient_id = patient.old_token
    qualify
        row_number() over (
            partition by coalesce(patient.new_token, consents.patient_id), consents.purpose
            order by consents.since desc, case when consents.is_granted then 1 else 0 end
        ) = 1

),

orders as (

    select *
    from {{ ref('orders') }}
    qualify row_number() over (partition by order_id order by last_event_at desc) = 1

),

folded as (

    select
        customer_id,
        count(*) as order_count,
        sum(case when state in ('paid', 'shipped') then total_usd end) as lifetime_usd,
        max(last_event_at) as last_order_at
    from orders
    group by customer_id

)

select
    patients.patient_id,
    consents.purpose,
    consents.is_granted as consented,
    consents.since as consented_since,
    patients.region,
    customers.region as customer_region,
    customers.customer_id,
    customers.since as customer_since,
    coalesce(folded.order_count, 0) as order_count,
    coalesce(folded.lifetime_usd, 0) as lifetime_usd,
    folded.last_order_at,
    patients.encounter_count,
    patients.last_event_at as last_encounter_at
from own_patients as patients
inner join own_customers as customers on patients.link_token = customers.link_token
inner join consents on patients.patient_id = consents.patient_id
left join folded on customers.customer_id = folded.customer_id
where consents.is_granted and consents.purpose in ('member-service', 'research')
