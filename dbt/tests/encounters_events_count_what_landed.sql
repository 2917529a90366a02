{{ config(tags=['recount']) }}

{{ miscounted_events(ref('encounters_events'), source('brook_health_bronze', 'encounters_events_v1')) }}
