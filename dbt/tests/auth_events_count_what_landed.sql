{{ config(tags=['recount']) }}

{{ miscounted_events(ref('auth_events'), source('brook_commerce_bronze', 'auth_events_v1')) }}
