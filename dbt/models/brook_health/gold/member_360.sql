select
    patient_id,
    purpose,
    consented,
    consented_since,
    region,
    customer_region,
    customer_id,
    customer_since,
    order_count,
    lifetime_usd,
    last_order_at,
    encounter_count,
    last_encounter_at
from {{ ref('member_links') }}
where purpose = 'member-service'
