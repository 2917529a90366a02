{{ config(tags=['recount']) }}

{{ miscounted_events(ref('consents_events'), source('brook_health_bronze', 'consents_events_v1')) }}
