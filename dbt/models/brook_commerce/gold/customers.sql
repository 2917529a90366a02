select
    customer_id,
    email,
    name,
    phone,
    region,
    member_link_token,
    valid_from as since
from {{ ref('customers_scd') }}
where is_current
