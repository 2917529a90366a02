import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSnowflakeStandIn } from '@das/testing';
import { lineageFiles } from './lineage-files';
import { renderFiles, type ManifestNode, type RenderedFile } from './rendered-files';

/** A folder for each domain that has a stream. */
const BRONZE = join(__dirname, '../../sql/bronze');

/**
 * Deploys every model where nothing is yet, and traces its columns.
 * @throws Error with dbt's last lines when it fails, or with every table that cannot be traced
 */
export async function renderModels(): Promise<readonly RenderedFile[]> {
  const dir = mkdtempSync(join(tmpdir(), 'das-render-'));
  const snowflake = await startSnowflakeStandIn(dir);
  try {
    for (const domain of readdirSync(BRONZE)) snowflake.prepare(domain.toUpperCase());
    const { exit, output } = await snowflake.dbt(['run']);
    if (exit !== 0) throw new Error(`dbt ended with ${exit}:\n${output}`);
    const { nodes } = JSON.parse(readFileSync(join(dir, 'target/manifest.json'), 'utf8')) as {
      readonly nodes: Readonly<Record<string, ManifestNode>>;
    };
    const files = renderFiles(nodes, snowflake.statements());
    return [...files, ...lineageFiles(files)];
  } finally {
    await snowflake.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}
