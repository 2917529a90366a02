with

versions as (

    select * from {{ ref('customer_versions') }}

),

compared as (

    select
        *,
        lag(valid_from) over (partition by customer_id order by valid_from) as previous_from,
        lag(email) over (partition by customer_id order by valid_from) as previous_email,
        lag(name) over (partition by customer_id order by valid_from) as previous_name,
        lag(phone) over (partition by customer_id order by valid_from) as previous_phone,
        lag(region) over (partition by customer_id order by valid_from) as previous_region
    from versions

),

-- A frozen version may be followed by its own repetition: SILVER no longer has what began it.
changes as (

    select *
    from compared
    where
        previous_from is null
        or email is distinct from previous_email
        or name is distinct from previous_name
        or phone is distinct from previous_phone
        or region is distinct from previous_region

)

select
    customer_id,
    valid_from,
    lead(valid_from) over (partition by customer_id order by valid_from) as valid_to,
    lead(valid_from) over (partition by customer_id order by valid_from) is null as is_current,
    email,
    name,
    phone,
    region,
    member_link_token
from changes
