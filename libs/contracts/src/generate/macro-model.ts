import { generatedFrom } from './header';

/** As long as sqlfluff lets a line be (dbt/.sqlfluff). */
const LONGEST = 120;

/** A generated model that is one call of a macro. @param list - its last argument */
export function macroModel(
  contractFile: string,
  macro: string,
  names: readonly string[],
  list?: readonly string[],
): string {
  const quoted = names.map(quote).join(', ');
  const listed = list?.map(quote) ?? [];
  const call = (items: string): string =>
    `{{ ${macro}(${quoted}${list === undefined ? '' : `, [${items}]`}) }}`;
  const line = call(listed.join(', '));
  const text = line.length <= LONGEST ? line : call(`\n${listed.map((item) => `    ${item}`).join(',\n')}\n`);
  return `{#- ${generatedFrom(contractFile)} -#}\n${text}\n`;
}

function quote(name: string): string {
  return `'${name}'`;
}
