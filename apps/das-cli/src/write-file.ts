import { writeFileSync } from 'node:fs';
import { Failure } from '@das/pipeline';
import type { Terminal } from './terminal';

/** Writes what an option asks for. @param option - names the file, such as `--html`. @throws Failure of kind setup */
export function writeFileNamed(option: string, file: string, text: string, terminal: Terminal): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new Failure('setup', 'not_written', `the file named by ${option} cannot be written`, {
      cure: 'name one in a folder that exists and may be written to',
      cause,
    });
  }
  terminal.note(`written: ${file}`);
}
