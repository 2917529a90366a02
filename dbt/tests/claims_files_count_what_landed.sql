{{ config(tags=['recount']) }}

{{ miscounted_events(ref('claims_files'), source('brook_health_bronze', 'claims_files_v1')) }}
