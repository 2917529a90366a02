with

events as (

    select * from {{ ref('orders_events') }}

),

-- The newest generation of a token, of all that it was mapped to.
tokens as (

    {{ newest_tokens(source('brook_commerce_ops', 'token_rekeys'), 'link') }}

),

observations as (

    select
        customer_id,
        happened_at,
        customer_email as email,
        customer_name as name,
        customer_phone as phone,
        region,
        member_link_token
    from events
    qualify row_number() over (partition by customer_id, happened_at order by event_id desc) = 1

),

compared as (

    select
        *,
        lag(happened_at) over (partition by customer_id order by happened_at) as previous_at,
        lag(email) over (partition by customer_id order by happened_at) as previous_email,
        lag(name) over (partition by customer_id order by happened_at) as previous_name,
        lag(phone) over (partition by customer_id order by happened_at) as previous_phone,
        lag(region) over (partition by customer_id order by happened_at) as previous_region
    from observations

)

select
    compared.customer_id,
    compared.happened_at as valid_from,
    compared.email,
    compared.name,
    compared.phone,
    compared.region,
    coalesce(tokens.new_token, compared.member_link_token) as member_link_token
from compared
left join tokens on compared.member_link_token = tokens.old_token
where
    compared.previous_at is null
    or compared.email is distinct from compared.previous_email
    or compared.name is distinct from compared.previous_name
    or compared.phone is distinct from compared.previous_phone
    or compared.region is distinct from compared.previous_region
