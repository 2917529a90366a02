/** A snake_case name in the other ways in which names are written. */
export const CASES: readonly ((snake: string) => string)[] = [
  (snake) => snake,
  (snake) => snake.toUpperCase(),
  (snake) => snake.replaceAll('_', '-'),
  camel,
  (snake) => `${snake.charAt(0).toUpperCase()}${camel(snake).slice(1)}`,
];

function camel(snake: string): string {
  return snake.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
