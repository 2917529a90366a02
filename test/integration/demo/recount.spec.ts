import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { openLandedLake, orderRow, publishSnapshot } from '@das/testing';
import { measureRefined, type RefinedCount } from '../../../scripts/demo/measure-refined';
import { Folds } from '../../../scripts/demo/folds';
import { filesIn } from '../../../scripts/demo/refined';
import { PRODUCTS, ordersEventsV1 } from '@contracts/brook-commerce';

const SILVER = '"BROOK_COMMERCE"."SILVER"."ORDERS_EVENTS"';
const GOLD = '"BROOK_COMMERCE"."GOLD"."ORDERS"';
const CONSUMED = '"BROOK_COMMERCE"."OPS"."CONSUMED_FILES"';
const HOUR = 3_600;

/** That what the demo says of SILVER and GOLD can also be bad. */
describe("the demo's recount of the tiers", () => {
  let dir: string;
  let lake: string;
  let files: readonly string[];
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'das-recount-'));
    lake = join(dir, 'lake');
    const landed = await openLandedLake(lake);
    const event = (id: string, order: string) =>
      orderRow({ id, type: 'order.created', at: '10:00', payload: { order_id: order } });
    const twice = event('e2', 'A');
    const again = { ...twice, SOURCE_OFFSET: String(1_000_000) };
    files = await landed.land('orders', [event('e1', 'A'), twice, again, event('e3', 'B')], 2);
    landed.close();
  });
  afterAll(() => {
    rmSync(dir, { recursive: true });
  });

  /** @param change - what is done to tables that are right */
  async function recount(change?: string): Promise<RefinedCount> {
    const stream = { contract: ordersEventsV1, folds: new Folds().of(ordersEventsV1, PRODUCTS) };
    const refined = mkdtempSync(join(dir, 'refined-'));
    const { folder } = filesIn(lake, stream.contract);
    await publishSnapshot(refined, 'build-1', ['BROOK_COMMERCE'], async (db) => {
      for (const schema of ['SILVER', 'GOLD', 'OPS'])
        await db.run(`CREATE SCHEMA "BROOK_COMMERCE"."${schema}"`);
      await db.run(`CREATE TABLE ${SILVER} ("EVENT_ID" VARCHAR, "DUPLICATES" BIGINT)`);
      await db.run(`INSERT INTO ${SILVER} VALUES ('e1', 0), ('e2', 1), ('e3', 0)`);
      await db.run(`CREATE TABLE ${GOLD} ("ORDER_ID" VARCHAR)`);
      await db.run(`INSERT INTO ${GOLD} VALUES ('A'), ('B')`);
      await db.run(`CREATE TABLE ${CONSUMED} ("MODEL" VARCHAR, "FILE" VARCHAR, "CONSUMED_AT" TIMESTAMPTZ)`);
      for (const file of files)
        await db.run(
          `INSERT INTO ${CONSUMED} VALUES ('ORDERS_EVENTS', '${relative(folder, file)}', '2026-11-20T10:59:00Z')`,
        );
      if (change !== undefined) await db.run(change);
    });
    const publication = { id: 'build-1', publishedAt: '2026-11-20T11:00:00Z' };
    writeFileSync(join(refined, 'published', 'log.ndjson'), `${JSON.stringify(publication)}\n`);
    const snapshot = {
      folder: realpathSync(join(refined, 'published', 'current')),
      tables: {},
      tests: { passed: 0, failed: 0 },
    };
    return measureRefined(snapshot, { lake, refined }, stream);
  }

  it('finds nothing wrong where nothing is, and the time to the publication', async () => {
    expect(await recount()).toEqual({ lost: 0, duplicated: 0, latencies: [HOUR, HOUR, HOUR] });
  });

  it.each([
    ['an event that SILVER misses', `DELETE FROM ${SILVER} WHERE "EVENT_ID" = 'e3'`],
    ['a row that SILVER did not take', `UPDATE ${SILVER} SET "DUPLICATES" = 0`],
    ['an order that GOLD misses', `DELETE FROM ${GOLD} WHERE "ORDER_ID" = 'B'`],
  ])('finds %s lost', async (_, change) => {
    const { lost, duplicated } = await recount(change);
    expect([lost > 0, duplicated]).toEqual([true, 0]);
  });

  it.each([
    ['an event that SILVER has twice', `INSERT INTO ${SILVER} VALUES ('e3', 0)`],
    ['a row that SILVER took twice', `UPDATE ${SILVER} SET "DUPLICATES" = 1`],
    ['an event that never landed', `INSERT INTO ${SILVER} VALUES ('e4', 0)`],
    ['an order that GOLD has twice', `INSERT INTO ${GOLD} VALUES ('B')`],
    ['an order of no event', `INSERT INTO ${GOLD} VALUES ('C')`],
  ])('finds %s duplicated', async (_, change) => {
    const { lost, duplicated } = await recount(change);
    expect([lost, duplicated > 0]).toEqual([0, true]);
  });
});
