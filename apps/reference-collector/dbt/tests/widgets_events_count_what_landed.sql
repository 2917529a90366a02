{{ config(tags=['recount']) }}

{{ miscounted_events(ref('widgets_events'), source('brook_reference_bronze', 'widgets_events_v1')) }}
