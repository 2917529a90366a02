import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadContracts } from '../load-contract';
import { columnLineage } from './column-lineage';
import { contractLineage } from './contract-lineage';
import { lineageForest, lineagePart, lineageTree, type LineageTree } from './lineage';

const FOLDER = join(__dirname, '..', '..', '..', '..', 'contracts', 'brook_commerce');
const documents = loadContracts(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.odcs.yaml'))
    .map((name) => join(FOLDER, name)),
);

const namesOf = ({ node, next }: LineageTree): unknown => [node.name, ...next.map(namesOf)];

describe('lineage of contracts', () => {
  const lineage = contractLineage(documents);

  it('goes from a topic through a stream to products', () => {
    expect(namesOf(lineageTree(lineage, 'sessions', 'upstream'))).toEqual([
      'sessions',
      ['auth_events_v1', ['kafka:auth.v1']],
    ]);
    const down = lineagePart(lineage, 'kafka:orders.v1', 'downstream').nodes.map(({ name }) => name);
    expect(down).toEqual(expect.arrayContaining(['orders_events_v1', 'orders', 'order_lines', 'customers']));
    expect(down).not.toContain('sessions');
  });

  it('has each edge once, and begins where nothing is made from anything', () => {
    const edges = lineage.edges.map(({ from, to }) => `${from} ${to}`);
    expect(new Set(edges).size).toBe(edges.length);
    const roots = lineageForest(lineage).map(({ node }) => node.kind);
    expect(new Set(roots)).toEqual(new Set(['source', 'service']));
  });
});

describe('lineage of columns', () => {
  const lineage = columnLineage(documents);
  const reached = (name: string, direction: 'upstream' | 'downstream') =>
    lineagePart(lineage, name, direction).nodes.map((node) => node.name);

  it('goes from a property of an event to every column that is made of it', () => {
    expect(reached('orders_events_v1.customer.email', 'downstream')).toEqual(
      expect.arrayContaining(['orders.customer_email', 'customers.email']),
    );
  });

  it('names a column of SILVER by its path in the event', () => {
    expect(lineage.nodes.map(({ name }) => name)).not.toContain('orders_events_v1.customer_email');
    expect(reached('orders.created_at', 'upstream')).toEqual(
      expect.arrayContaining(['orders_events_v1.happened_at', 'orders_events_v1.event_ts']),
    );
  });

  it('takes what is within an array for a source of the whole', () => {
    expect(reached('orders_events_v1.items.sku', 'downstream')).toContain('orders.line_count');
  });

  it('says how sensitive each is', () => {
    expect(lineage.nodes.find(({ name }) => name === 'orders.customer_email')).toMatchObject({
      kind: 'column',
      contract: 'orders',
      classification: 'pii',
      phi: 'email',
    });
  });

  it('ends where a graph would go round', () => {
    const node = (name: string) => ({ ...lineage.nodes[0], name }) as (typeof lineage.nodes)[number];
    const round = {
      nodes: [node('a'), node('b')],
      edges: [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'a' },
      ],
    };
    expect(namesOf(lineageTree(round, 'a', 'downstream'))).toEqual(['a', ['b', ['a']]]);
  });
});
