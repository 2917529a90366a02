import { isAlias, isMap, isPair, isScalar, isSeq, parseDocument, type Document, type Node } from 'yaml';
import { ScaffoldError } from '../scaffold-error';

type Path = readonly (string | number)[];

/*
 * Files that people write keep their comments and their layout: what is inserted is put between the characters that are
 * there, at the place that the parser names. Layout is prettier's afterwards.
 */

/**
 * Adds `key: value` behind the last entry of a mapping; a key that is there stays as it is.
 * @param value - YAML, indented by the mapping's own indentation where it has several lines
 * @throws ScaffoldError where there is no such mapping; YAMLParseError
 */
export function addToMap(text: string, path: Path, key: string, value: string): string {
  const node = nodeAt(parseDocument(text), path);
  if (!isMap(node) || node.flow === true) throw new ScaffoldError(`${path.join('.')} is no block mapping`);
  if (node.has(key)) return text;
  const [first] = node.items;
  const start = isScalar(first?.key) ? first.key.range?.[0] : undefined;
  if (start === undefined) throw new ScaffoldError(`${path.join('.')} has no entry to add one behind`);
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
  const lines = `${key}:${value.startsWith('\n') ? '' : ' '}${value}`
    .split('\n')
    .map((line) => (line === '' ? line : `${indent}${line}`));
  return insertLines(text, endOf(node), lines);
}

/** Adds a block to the end of a sequence whose items begin with `- `. @throws as `addToMap` */
export function addToSequence(text: string, path: Path, value: string): string {
  const node = nodeAt(parseDocument(text), path);
  if (!isSeq(node) || node.flow === true) throw new ScaffoldError(`${path.join('.')} is no block sequence`);
  const start = (node.items[0] as Node | undefined)?.range?.[0];
  if (start === undefined) throw new ScaffoldError(`${path.join('.')} has no item to add one behind`);
  const dash = text.lastIndexOf('-', start);
  const indent = ' '.repeat(dash - (text.lastIndexOf('\n', dash) + 1));
  const [head = '', ...rest] = value.split('\n');
  return insertLines(text, endOf(node), [`${indent}- ${head}`, ...rest.map((line) => `${indent}  ${line}`)]);
}

/** Adds a name to a list in brackets; one that is there stays. */
export function addToList(text: string, path: Path, item: string): string {
  const document = parseDocument(text);
  const node = nodeAt(document, path);
  if (!isSeq(node)) throw new ScaffoldError(`${path.join('.')} is no list`);
  if (node.items.some((one) => isScalar(one) && one.value === item)) return text;
  if (node.flow !== true) return addToSequence(text, path, item);
  const last = node.items.at(-1) as Node | undefined;
  const at = last?.range?.[1] ?? (node.range?.[0] ?? 0) + 1;
  return `${text.slice(0, at)}${last === undefined ? '' : ', '}${item}${text.slice(at)}`;
}

function nodeAt(document: Document.Parsed, path: Path): unknown {
  const [fault] = document.errors;
  if (fault !== undefined) throw fault;
  const node = document.getIn(path, true);
  return isAlias(node) ? node.resolve(document) : node;
}

/** Where the last character of a node's own text is, without what follows it. */
function endOf(node: unknown): number {
  if ((isMap(node) || isSeq(node)) && node.flow !== true) {
    const last: unknown = node.items.at(-1);
    return endOf(isPair(last) ? (last.value ?? last.key) : last);
  }
  return (node as Node).range?.[1] ?? 0;
}

/** Behind the line in which a position is. */
function insertLines(text: string, position: number, lines: readonly string[]): string {
  const newline = text.indexOf('\n', Math.max(0, position - 1));
  const at = newline < 0 ? text.length : newline;
  return `${text.slice(0, at)}\n${lines.join('\n')}${text.slice(at)}`;
}
