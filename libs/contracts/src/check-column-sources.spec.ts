import { protectionFaults } from './check-column-sources';
import { protectedAs } from './gold-columns';
import type { OdcsProperty } from './odcs';
import type { SourceColumn } from './source-columns';

const EMAIL: SourceColumn = {
  classification: 'pii',
  kind: 'email',
  mask: { kind: 'email', form: 'domain', clearFor: ['ANALYST_PHI', 'BREAK_GLASS'] },
};
const STATE: SourceColumn = { classification: 'internal' };

/** An e-mail column, masked so. */
function column(mask: string, clearFor: readonly string[], more: Partial<OdcsProperty> = {}): OdcsProperty {
  return {
    name: 'email',
    description: 'Where to write to.',
    logicalType: 'string',
    classification: 'pii',
    tags: ['phi:email'],
    customProperties: [
      { property: 'das.mask', value: mask },
      { property: 'das.clearFor', value: clearFor },
    ],
    ...more,
  };
}

const faults = (property: OdcsProperty, ...sources: readonly SourceColumn[]) =>
  protectionFaults(
    protectedAs(property),
    sources.map((source, index) => ({ reference: `s.${index}`, column: source })),
  );

describe('protectionFaults', () => {
  it('lets a column be protected as its source is, or better', () => {
    expect(faults(column('domain', ['ANALYST_PHI', 'BREAK_GLASS']), EMAIL)).toEqual([]);
    expect(faults(column('domain', ['ANALYST_PHI']), EMAIL, STATE)).toEqual([]);
    expect(faults(column('nothing', []), EMAIL)).toEqual([]);
    expect(faults(column('nothing', [], { classification: 'phi' }), EMAIL)).toEqual([]);
  });

  it.each([
    [column('initials', []), 's.0 as domain'],
    [column('domain', ['DATA_API']), 'is clear for DATA_API, which s.0 is not'],
    [column('domain', [], { classification: 'internal' }), 'below the pii of s.0'],
    [column('domain', [], { tags: ['phi:name'] }), 'is made from phi:email and needs that tag'],
    [column('domain', [], { customProperties: [] }), 'needs das.mask and das.clearFor, as s.0 has them'],
  ])('refuses what protects less (%#)', (property, message) => {
    expect(faults(property, EMAIL)).toContainEqual(expect.stringContaining(message));
  });

  it('asks for the constraint of what may not be shown', () => {
    const joined: SourceColumn = { ...STATE, projection: 'joins_only' };
    const made = (value?: string): OdcsProperty =>
      column('nothing', [], {
        customProperties: value === undefined ? [] : [{ property: 'das.projection', value }],
      });
    expect(faults(made(), joined)).toEqual(['needs das.projection joins_only, as s.0 has it']);
    expect(faults(made('joins_only'), joined)).toEqual([]);
  });

  it('asks no mask of what is made from a token, which is its own', () => {
    const token: SourceColumn = { classification: 'pii', kind: 'email' };
    expect(faults(column('domain', [], { customProperties: [] }), token)).toEqual([]);
  });
});
