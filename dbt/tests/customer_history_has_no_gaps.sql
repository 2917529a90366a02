-- Each version ends where the next begins, and after it began; exactly the last one is current.
with

ordered as (

    select
        customer_id,
        valid_from,
        valid_to,
        is_current,
        lead(valid_from) over (partition by customer_id order by valid_from) as next_from
    from {{ ref('customers_scd') }}

)

select *
from ordered
where
    valid_to is distinct from next_from
    or valid_to <= valid_from
    or is_current <> (next_from is null)
