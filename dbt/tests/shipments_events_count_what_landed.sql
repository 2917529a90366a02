{{ config(tags=['recount']) }}

{{ miscounted_events(ref('shipments_events'), source('brook_logistics_bronze', 'shipments_events_v1')) }}
