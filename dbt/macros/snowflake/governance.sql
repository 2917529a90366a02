{#-
    What the contract says of protection, as clauses of the statement that creates the table: no moment exists in
    which a column or a row can be read without its policy. The policies themselves are made elsewhere, before.
-#}
{% macro governed_columns(with_required=true, with_policies=true) -%}
    {%- for column in contract_columns() %}
    {{ governed_column(column, with_required, with_policies) }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{% macro governed_column(column, with_required=true, with_policies=true) -%}
    {%- set das = column.config.get('meta', {}).get('das', {}) -%}
    {{ adapter.quote(column.name | upper) }} {{ column.data_type | upper }}
    {{- ' NOT NULL' if with_required and is_required(column) }}
    {%- if with_policies %}
    {{- masking_policy(column, das) }}
    {{- ' WITH PROJECTION POLICY ' ~ governance_name('PROJECT_' ~ das.projection) if das.get('projection') }}
    {{- column_tags(das) }}
    {%- endif %}
    {{- ' COMMENT ' ~ sql_text(column.description) if column.description }}
{%- endmacro %}

{#-
    A mask sees its column and no other: Snowflake lets a column be an argument of a masking policy or of a row access
    policy, not of both.
    A personal column has none where what landed is its own mask (a generalized address of a client, say).
    @raises for a personal column that is of no kind: what was not classified to the end is not created readable.
-#}
{% macro masking_policy(column, das) -%}
    {%- set mask = das.get('mask') -%}
    {%- if mask %} WITH MASKING POLICY {{ governance_name('MASK_' ~ mask.policy) -}}
    {%- elif das.get('classification') in ('pii', 'phi') and not das.get('phiKind') -%}
        {{ exceptions.raise_compiler_error(model.name ~ '.' ~ column.name ~ ' is ' ~ das.classification ~ ' and neither of a kind nor masked') }}
    {%- endif -%}
{%- endmacro %}

{#- A personal column without a mask says what protects it instead: what is neither is not shown (sql/policies, unclassified_is_denied). -#}
{% macro column_tags(das, is_view=false) -%}
    {%- set tags = [] -%}
    {%- if das.get('classification') -%} {%- do tags.append(tag('CLASSIFICATION', das.classification)) -%} {%- endif -%}
    {%- if das.get('phiKind') -%} {%- do tags.append(tag('PHI_KIND', das.phiKind)) -%} {%- endif -%}
    {%- if das.get('classification') in ('pii', 'phi') and (is_view or not das.get('mask')) -%}
        {%- do tags.append(tag('PROTECTED_BY', 'table' if is_view else 'ingest')) -%}
    {%- endif -%}
    {%- if tags %} WITH TAG ({{ tags | join(', ') }}){% endif -%}
{%- endmacro %}

{#-
    Of the table: who sees which rows, and its tags. Each on a line of its own, where there is any. Its class is a tag of its own:
    a column inherits the tags of its table, and one that somebody adds must not come by a class that nobody gave it.
-#}
{% macro table_governance(das, with_row_access=true) -%}
    {%- set tags = [] -%}
    {%- if das.get('classification') -%} {%- do tags.append(tag('HIGHEST_CLASS', das.classification)) -%} {%- endif -%}
    {%- if das.get('dataProduct') -%} {%- do tags.append(tag('DATA_PRODUCT', das.dataProduct)) -%} {%- endif -%}
    {%- if das.get('retentionDays') -%} {%- do tags.append(tag('RETENTION_DAYS', das.retentionDays)) -%} {%- endif -%}
    {%- if with_row_access and das.get('rowAccess') %}
    WITH ROW ACCESS POLICY {{ governance_name('ROWS_BY_' ~ das.rowAccess.policy) }} ON ({{ quoted_columns(das.rowAccess.columns) }})
    {%- endif -%}
    {%- if with_row_access and das.get('aggregation') %}
    WITH AGGREGATION POLICY {{ governance_name('AGGREGATE_' ~ das.aggregation.policy) }}
    {%- if das.aggregation.get('entity') %} ENTITY KEY ({{ quoted_columns(das.aggregation.entity) }}){% endif -%}
    {%- endif -%}
    {%- if tags %}
    WITH TAG ({{ tags | join(', ') }})
    {%- endif -%}
{%- endmacro %}

{% macro quoted_columns(names) -%}
    {%- set quoted = [] -%}
    {%- for name in names -%} {%- do quoted.append(adapter.quote(name | upper)) -%} {%- endfor -%}
    {{ quoted | join(', ') }}
{%- endmacro %}

{% macro tag(name, value) -%}
    {{ governance_name(name) }} = {{ sql_text(value) }}
{%- endmacro %}

{#-
    Who reads a product holds its access role; a role is never granted a table itself. A table that dbt replaces keeps what was
    granted (COPY GRANTS).
-#}
{% macro grant_to_readers() -%}
    {{ return(adapter.dispatch('grant_to_readers')()) }}
{%- endmacro %}

{% macro duckdb__grant_to_readers() -%}
{%- endmacro %}

{% macro snowflake__grant_to_readers() -%}
    {%- set das = model.config.get('meta', {}).get('das', {}) if execute else {} -%}
    {%- if das.get('readerRole') -%}
    {%- set kind = 'view' if model.config.materialized == 'view' else ('table' if das.get('as') == 'task' else 'dynamic table') -%}
grant select on {{ kind }} {{ this }} to database role "{{ this.database }}"."{{ das.readerRole }}"
    {%- endif -%}
{%- endmacro %}

{#- Policies and tags of a domain live in its own database. -#}
{% macro governance_name(name) -%}
    "{{ this.database }}"."OPS"."{{ name | upper }}"
{%- endmacro %}

{#- The first paragraph of what the contract says of the table. -#}
{% macro summary() -%}
    {{ return((model.description or this.identifier).split('\n')[0] | trim) }}
{%- endmacro %}

{% macro sql_text(value) -%}
    '{{ value | string | trim | replace("\\", "\\\\") | replace("'", "''") }}'
{%- endmacro %}
