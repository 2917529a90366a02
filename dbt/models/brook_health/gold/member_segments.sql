select
    patient_id,
    purpose,
    consented,
    region,
    customer_region,
    case
        when order_count = 0 then '0'
        when order_count = 1 then '1'
        when order_count < 5 then '2-4'
        else '5+'
    end as order_band,
    case
        when encounter_count = 1 then '1'
        when encounter_count < 5 then '2-4'
        else '5+'
    end as encounter_band
from {{ ref('member_links') }}
where purpose = 'research'
