import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@das/testing';
import { childrenOf, killGroups, workingIn } from './processes';
import { differences, readPublished } from './snapshot';
import { KEPT_TESTS, TransformWorld } from './world';

const KILLS = 10;
const SEED = Number(process.env.CHAOS_SEED ?? 6);
/** One kill in so many, of everything at once, comes when dbt is done. */
const PUBLICATIONS = 4;
/** Of what a build logs: after that share of it nearly half of the models are still to be made. */
const LATEST = 0.6;
/** After an event, so that what follows it has begun. */
const MOST_AFTER_MS = 100;
const BOUND_MS = 90_000;
/** Also on a machine that has little to spare. */
const WHOLE_BOUND_MS = 300_000;

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
  }, WHOLE_BOUND_MS);
  afterAll(() => {
    world.remove();
  });

  /** What dbt logs of a build whose project it knows. */
  let buildBytes = 0;
  it('builds, publishes, and does nothing where nothing is new', async () => {
    world.land(Math.ceil(world.left / 4));
    const first = await world.transform(['--json']);
    expect([first.code, first.stderr]).toEqual([0, expect.stringContaining('BROOK_COMMERCE.GOLD.ORDERS ')]);
    const report = JSON.parse(first.stdout) as { state: string; id: string; tables: Record<string, number> };
    expect(report).toMatchObject({ state: 'published', tests: { passed: KEPT_TESTS.length, failed: 0 } });
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

  it('keeps the last good snapshot where a model and a test fail, and says why without a value', async () => {
    const before = await readPublished(world.refined);
    const test = join(world.project, 'tests', 'nobody_logs_in.sql');
    mkdirSync(join(world.project, 'tests'), { recursive: true });
    writeFileSync(test, "{{ config(enabled=true) }} select customer_id from {{ ref('auth_events') }}");
    const model = join(world.project, 'models', 'brook_commerce', 'gold', 'numbers.sql');
    writeFileSync(
      model,
      "{{ config(materialized='table') }} select cast(customer_email as integer) as number from {{ ref('orders_events') }}",
    );
    const failed = await world.transform(['--json']);
    rmSync(test);
    rmSync(model);
    expect(failed.code).toBe(65);
    const { problems } = JSON.parse(failed.stdout) as { problems: readonly object[] };
    expect(problems).toHaveLength(2);
    expect(problems).toContainEqual(
      expect.objectContaining({
        node: 'nobody_logs_in',
        file: 'tests/nobody_logs_in.sql',
        reason: expect.stringMatching(/^the test found [\d,]+ rows$/) as string,
      }),
    );
    expect(failed.stderr).toContain(
      'numbers (models/brook_commerce/gold/numbers.sql): a value does not fit the type that it is cast to: CUSTOMER_EMAIL',
    );
    expect(`${failed.stdout}${failed.stderr}`).not.toMatch(/@|cus_|Traceback|File "/);
    expect(await readPublished(world.refined)).toEqual(before);
  });

  it('gives way to another one', async () => {
    world.land(1);
    const before = world.logBytes;
    const first = world.startTransform();
    await until('it holds the folder', () => existsSync(join(world.refined, 'transform.lock')), BOUND_MS);
    const second = await world.transform();
    expect([second.code, second.stdout]).toEqual([75, '']);
    expect(second.stderr).toContain('transform_locked');
    expect(await first.whenEnded()).toBe(0);
    buildBytes = world.logBytes - before;
  });

  it('ends with all that it started on Ctrl-C, and goes on watching until then', async () => {
    world.land(1);
    const before = (await readPublished(world.refined)).id;
    const watching = world.startTransform('--watch', '0.2');
    expect(await watching.ready(BOUND_MS)).toMatch(/^published /);
    world.land(1);
    await until('dbt runs again', () => childrenOf(watching.pid).length > 0, BOUND_MS);
    if (watching.pid !== undefined) process.kill(watching.pid, 'SIGINT');
    expect(await watching.whenEnded()).toBe(130);
    expect(workingIn(world.dir)).toEqual([]);
    expect(existsSync(join(world.refined, 'transform.lock'))).toBe(false);
    expect((await readPublished(world.refined)).id > before).toBe(true);
  });

  it(
    `is right after ${KILLS} kills at random moments (seed ${SEED})`,
    async () => {
      const random = randomOf(SEED);
      // Something new for each.
      expect(world.left).toBeGreaterThanOrEqual(KILLS);
      let hit = 0;
      for (let kill = 0; kill < KILLS; kill++) {
        const before = await readPublished(world.refined);
        world.land(Math.floor(world.left / (KILLS - kill)));
        const logged = world.logBytes;
        const run = world.startTransform();
        const ended = run.whenEnded();
        const isOver = (): boolean => run.exit !== undefined;
        if (kill % PUBLICATIONS === PUBLICATIONS - 1)
          await until('it publishes', () => isOver() || world.isPublishing, BOUND_MS);
        else {
          // By what dbt has logged and not by a clock: it is at work then, however slow or quick.
          const enough = logged + Math.max(1, LATEST * random() * buildBytes);
          await until('dbt is so far', () => isOver() || world.logBytes >= enough, BOUND_MS);
          await sleep(MOST_AFTER_MS * random());
        }
        const dbt = childrenOf(run.pid);
        if (dbt.length > 0) hit++;
        // By turns dbt alone, of which the command learns, and everything at once.
        if (kill % 2 === 1) await run.kill9();
        // Also what was started between our look and the kill.
        killGroups([...dbt, ...workingIn(world.refined)]);
        const exit = await ended;
        expect(kill % 2 === 1 ? ['SIGKILL', 0] : [75, 0]).toContain(exit);
        const after = await readPublished(world.refined);
        if (after.id === before.id) expect(after).toEqual(before);
      }
      // Whatever was killed: the next build makes what one build from scratch makes.
      expect(world.left).toBe(0);
      expect((await world.transform()).code).toBe(0);
      const scratch = join(world.dir, 'scratch');
      // dbt knows the project already.
      cpSync(join(world.refined, 'work', 'target'), join(scratch, 'work', 'target'), { recursive: true });
      const fresh = await world.transform([], { DAS_REFINED: scratch });
      expect(fresh.code).toBe(0);
      expect(await differences(world.refined, scratch)).toEqual({});
      expect(hit).toBeGreaterThan(KILLS / 2);
    },
    WHOLE_BOUND_MS,
  );
});
