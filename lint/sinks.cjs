/** Where what is given can be seen by whoever should not: each with what it is called in a complaint. */

const LOG_METHODS = new Set([
  'trace',
  'debug',
  'info',
  'warn',
  'error',
  'fatal',
  'log',
  'verbose',
  'child',
  'setBindings',
]);
const METRIC_METHODS = new Set(['inc', 'dec', 'observe', 'set', 'labels', 'remove', 'setDefaultLabels']);
const TERMINAL_METHODS = new Set(['print', 'pour', 'note', 'progress', 'alarm', 'confirm']);
const TEXT_FUNCTIONS = new Set(['String', 'inspect', 'format', 'formatWithOptions']);

/** @returns `[name, arguments]` of a call that shows or writes its arguments, or undefined */
function sinkOfCall({ callee, arguments: given }, typeNameOf) {
  if (callee.type === 'Identifier') return TEXT_FUNCTIONS.has(callee.name) ? [callee.name, given] : undefined;
  if (callee.type !== 'MemberExpression') return undefined;
  const { object, property, computed } = callee;
  const last = nameOf(object);
  if (last === 'console') return ['console', given];
  if (last === 'JSON' && property.name === 'stringify') return ['JSON.stringify', given];
  if (last === 'util' && TEXT_FUNCTIONS.has(property.name)) return [`util.${property.name}`, given];
  if ((last === 'stdout' || last === 'stderr') && property.name === 'write')
    return [`process.${last}`, given];
  // `logger[level](…)` logs whatever the level.
  if ((computed || LOG_METHODS.has(property.name)) && isLogger(last, object, typeNameOf))
    return ['a log', given];
  if (
    METRIC_METHODS.has(property.name) &&
    /^(Counter|Gauge|Histogram|Summary|Registry)$/.test(typeNameOf(object))
  )
    return ['a metric', given];
  if (TERMINAL_METHODS.has(property.name) && typeNameOf(object) === 'Terminal')
    return ['the terminal', given];
  return undefined;
}

/** An error keeps and tells what it is made of. */
function isError(callee) {
  return /(Error|Failure|Exception|ChannelInvalidated|ChannelFenced)$/.test(nameOf(callee) ?? '');
}

function isLogger(name, object, typeNameOf) {
  return /^(log|logger)$/i.test(name ?? '') || /Logger(Service)?$/.test(typeNameOf(object));
}

function nameOf(node) {
  if (node.type === 'Identifier') return node.name;
  return node.type === 'MemberExpression' && !node.computed ? node.property.name : undefined;
}

module.exports = { sinkOfCall, isError };
