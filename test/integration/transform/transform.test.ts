import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@das/testing';
import { childrenOf, killGroups, workingIn } from './processes';
import { differences, readPublished } from './snapshot';
import { TransformWorld } from './world';

const KILLS = 10;
const SEED = Number(process.env.CHAOS_SEED ?? 6);
const BOUND_MS = 90_000;

/** Between 0 and 1, the same for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('das transform', () => {
  let world: TransformWorld;
  beforeAll(async () => {
    world = await TransformWorld.create();
  }, BOUND_MS);
  afterAll(() => {
    world.remove();
  });

  let firstMs = 0;
  it('builds, publishes, and does nothing where nothing is new', async () => {
    world.land(Math.ceil(world.left / 4));
    const startedMs = Date.now();
    const first = await world.transform(['--json']);
    firstMs = Date.now() - startedMs;
    expect([first.code, first.stderr]).toEqual([0, expect.stringContaining('BROOK_COMMERCE.GOLD.ORDERS ')]);
    const report = JSON.parse(first.stdout) as { state: string; id: string; tables: Record<string, number> };
    expect(report).toMatchObject({ state: 'published', tests: { failed: 0 } });
    const seen = await readPublished(world.refined);
    expect(seen.id).toBe(report.id);
    expect(report.tables['BROOK_COMMERCE.GOLD.ORDERS']).toBeGreaterThan(0);

    const again = await world.transform();
    expect([again.code, again.stdout]).toEqual([0, `nothing is new: ${report.id} stays\n`]);
    const log = readFileSync(join(world.refined, 'published', 'log.ndjson'), 'utf8')
      .trim()
      .split('\n');
    expect(log.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual([report.id]);
  });

  it('keeps the last good snapshot where a model or a test fails, and says why without a value', async () => {
    const { project } = world;
    const before = await readPublished(world.refined);
    const test = join(project, 'tests', 'nobody_has_an_address.sql');
    mkdirSync(join(project, 'tests'), { recursive: true });
    const sql =
      "{{ config(enabled=true) }} select customer_email from {{ ref('orders_events') }} where customer_email is not null";
    writeFileSync(test, sql);
    const model = join(project, 'models', 'brook_commerce', 'gold', 'numbers.sql');
    writeFileSync(
      model,
      "{{ config(materialized='table') }} select cast(customer_email as integer) as number from {{ ref('orders_events') }}",
    );
    const failed = await world.transform(['--json']);
    expect(failed.code).toBe(65);
    const { problems } = JSON.parse(failed.stdout) as { problems: { node: string }[] };
    expect(problems).toContainEqual(
      expect.objectContaining({
        node: 'nobody_has_an_address',
        file: 'tests/nobody_has_an_address.sql',
        reason: expect.stringMatching(/^the test found [\d,]+ rows$/) as string,
      }),
    );
    writeFileSync(test, `${sql} and false`);
    const second = await world.transform();
    expect([second.code, second.stdout]).toEqual([65, '']);
    expect(second.stderr).toContain(
      'numbers (models/brook_commerce/gold/numbers.sql): a value does not fit the type that it is cast to: CUSTOMER_EMAIL',
    );
    const said = `${failed.stdout}${failed.stderr}${second.stderr}`;
    expect(said).not.toMatch(/@|Traceback|File "/);
    expect(await readPublished(world.refined)).toEqual(before);
    rmSync(test);
    rmSync(model);
  });

  it('gives way to another one', async () => {
    world.land(1);
    const first = world.startTransform();
    await until('it holds the folder', () => existsSync(join(world.refined, 'transform.lock')));
    const second = await world.transform();
    expect([second.code, second.stdout]).toEqual([75, '']);
    expect(second.stderr).toContain('transform_locked');
    expect(await first.whenEnded()).toBe(0);
  });

  it('ends with all that it started on Ctrl-C, and goes on watching until then', async () => {
    world.land(1);
    const before = (await readPublished(world.refined)).id;
    const watching = world.startTransform('--watch', '0.2');
    expect(await watching.ready()).toMatch(/^published /);
    world.land(1);
    await until('dbt runs again', () => childrenOf(watching.pid).length > 0);
    if (watching.pid !== undefined) process.kill(watching.pid, 'SIGINT');
    expect(await watching.whenEnded()).toBe(130);
    expect(workingIn(world.dir)).toEqual([]);
    expect(existsSync(join(world.refined, 'transform.lock'))).toBe(false);
    expect((await readPublished(world.refined)).id > before).toBe(true);
  });

  it(`is right after ${KILLS} kills at random moments (seed ${SEED})`, async () => {
    const random = randomOf(SEED);
    const portion = Math.ceil(world.left / KILLS);
    let hit = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const before = await readPublished(world.refined);
      world.land(portion);
      const run = world.startTransform();
      const ended = run.whenEnded();
      await Promise.race([sleep(random() * firstMs), ended]);
      const dbt = childrenOf(run.pid);
      if (dbt.length > 0) hit++;
      // By turns dbt alone, of which the command learns, and everything at once.
      if (kill % 2 === 1) await run.kill9();
      killGroups(dbt);
      const exit = await ended;
      expect(kill % 2 === 1 ? ['SIGKILL', 0] : [75, 0]).toContain(exit);
      const after = await readPublished(world.refined);
      if (after.id === before.id) expect(after).toEqual(before);
    }
    // Whatever was killed: the next build makes what one build from scratch makes.
    expect(world.left).toBe(0);
    expect((await world.transform()).code).toBe(0);
    const scratch = join(world.dir, 'scratch');
    const fresh = await world.transform([], { DAS_REFINED: scratch });
    expect(fresh.code).toBe(0);
    expect(await differences(world.refined, scratch)).toEqual({});
    expect(hit).toBeGreaterThan(KILLS / 2);
  });
});
