{#- What stands in for our macros where sqlfluff reads a model: SQL of the same kind. -#}
{% macro all_rows(relation) %}{{ relation }}{% endmacro %}
{% macro newest_tokens(rekeys, purpose=none) %}select old_token, new_token from {{ rekeys }}{% endmacro %}
{% macro json_value(column, path, type) %}try_cast({{ column }}:"key"::varchar as {{ type | lower }}){% endmacro %}
{% macro array_length(column) %}array_size({{ column }}){% endmacro %}
{% macro array_elements(column, alias) %}cross join lateral flatten(input => {{ column }}) as {{ alias }}{% endmacro %}
{% macro first_element_value(column, path, type) %}{{ column }}[0]:"key"::varchar{% endmacro %}
{% macro element_number(alias) %}{{ alias }}.index + 1{% endmacro %}
{% macro milliseconds_between(start, stop) %}datediff('millisecond', {{ start }}, {{ stop }}){% endmacro %}
{% macro utc_date(timestamp) %}cast({{ timestamp }} as date){% endmacro %}
{% macro watermark_seconds(model_name) %}7200{% endmacro %}
{% macro lifecycle_rank() %}case event_type when 'order.created' then 1 end{% endmacro %}
{% macro latest_version_of_order() %}qualify row_number() over (partition by order_id order by happened_at desc) = 1{% endmacro %}
{% macro is_settled(ingested_at, relation) %}{{ ingested_at }} < current_timestamp{% endmacro %}
{% macro is_frozen_in(relation, column) %}{{ column }} < current_timestamp{% endmacro %}
{% macro landed_events(domain, stream, keys) %}select 1 as found{% endmacro %}
{% macro dead_letter_facts(domain, streams) %}select 1 as found{% endmacro %}
{% macro dead_letters(domain) %}select 1 as found{% endmacro %}
