import type { Draft } from '../draft';
import { ScaffoldError } from '../scaffold-error';

const MODELS = 'dbt/models';

/** dbt knows models by their names alone, whoever's they are. @throws ScaffoldError where one is called so */
export function refuseTakenModel(draft: Draft, name: string): void {
  for (const domain of draft.list(MODELS))
    for (const tier of ['silver', 'gold'])
      for (const file of [`${name}.sql`, `${name}_unit_tests.yml`]) {
        const path = `${MODELS}/${domain}/${tier}/${file}`;
        if (draft.has(path))
          throw new ScaffoldError(
            `${path}: there is a table ${name} already, and dbt knows it by its name alone: choose another`,
          );
      }
}
