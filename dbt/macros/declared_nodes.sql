{#-
    What the YAML declares of a model or a source, found by its unique id or by its relation. Where a unit test runs
    dbt shows no graph, so that each run writes down what it declares before its first node.
-#}
{% macro declared_node(key) -%}
    {%- set key = key if key is string else relation_name(key.database, key.schema, key.identifier) -%}
    {%- set nodes = declared_nodes() if graph.nodes is defined else adapter.dispatch('remembered_nodes')() -%}
    {%- for node in nodes if key in (node.unique_id, node.relation) -%}
        {{ return(node) }}
    {%- endfor -%}
    {{ exceptions.raise_compiler_error('neither a model nor a source is ' ~ key) }}
{%- endmacro %}

{% macro declared_nodes() -%}
    {%- set found = [] -%}
    {%- for node in graph.nodes.values() | list + graph.sources.values() | list if node.resource_type in ('model', 'source') -%}
        {%- do found.append({
            'unique_id': node.unique_id,
            'relation': relation_name(node.database, node.schema, node.get('identifier') or node.alias),
            'columns': node.columns.values() | list,
            'das': node.config.meta.get('das', {})
        }) -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}

{#- A relation's own text may be where it is read from. -#}
{% macro relation_name(database, schema, identifier) -%}
    {{ return([database, schema, identifier] | join('.')) }}
{%- endmacro %}

{#- Kept in the main database, which is the memory of the process. -#}
{% macro duckdb__remember_nodes() -%}
    create or replace table memory.main.declared_nodes as select '{{ tojson(declared_nodes()) | replace("'", "''") }}' as nodes;
{%- endmacro %}

{% macro duckdb__remembered_nodes() -%}
    {{ return(fromjson(run_query('select nodes from memory.main.declared_nodes').columns[0][0])) }}
{%- endmacro %}

{#- The columns that the model's contract declares, in order; in a unit test, those of the model that is tested. -#}
{% macro contract_columns() -%}
    {%- if model.resource_type == 'unit_test' -%}
        {{ return(declared_node(model.tested_node_unique_id).columns) }}
    {%- endif -%}
    {{ return(model.columns.values() | list) }}
{%- endmacro %}
