import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseContract } from './load-contract';
import { readYaml } from './read-yaml';

const FILE = 'brook_commerce/orders.odcs.yaml';
const ORDERS = readFileSync(join(__dirname, '../../../contracts', FILE), 'utf8');

describe('a text of which scripts and models are made', () => {
  // All of them change the text alone, which nobody has to approve.
  it.each([
    ['contact: data@northwind.example', `contact: "{{ env_var('SNOWFLAKE_PASSWORD') }}"`],
    ['contact: data@northwind.example', `contact: '{% set all = cycler.__init__.__globals__ %}'`],
    ['dataGranularityDescription: One order.', 'dataGranularityDescription: One {# order.'],
  ])('is refused where %s would be run by whoever deploys', (from, to) => {
    const text = ORDERS.replace(from, to);
    expect(text).not.toBe(ORDERS);
    const line = text.slice(0, text.indexOf(to)).split('\n').length;
    expect(() => parseContract(text, FILE)).toThrow(
      new RegExp(`^${FILE}:${line}:\\d+ \\S+: has \\{[{%#], where .* would begin a template`),
    );
  });

  it('is told with its path, whether it is a name or a value', () => {
    const text = 'a:\n  - b: fine {x}\n  - { "{{ c }}": [d, "e {%"] }\n';
    const told = readYaml({ file: 'x.yaml', text }, z.unknown());
    expect('value' in told ? [] : told.map(({ line, column, path }) => [line, column, path])).toEqual([
      [3, 7, 'a.1.{{ c }}'],
      [3, 22, 'a.1.{{ c }}.1'],
    ]);
  });
});
