const { relative } = require('node:path');
const { carriersOf } = require('./carriers.cjs');
const { clearValues } = require('./clear-values.cjs');
const { isError, sinkOfCall } = require('./sinks.cjs');

/**
 * What carries a record in clear, or PHI, must not become part of a log, an error, a metric, a text or JSON; and PHI
 * is revealed only where that is meant. Files in which it is are listed with their reason (`phi-allowed.cjs`).
 */
const noPhiLeak = {
  meta: {
    type: 'problem',
    schema: [{ type: 'object', properties: { allowed: { type: 'object' }, root: { type: 'string' } } }],
    messages: {
      leak: '{{what}} must not go into {{sink}}',
      reveal:
        'reveal() gives PHI out: where that is meant, list the file in lint/phi-allowed.cjs with the reason',
    },
  },
  create(context) {
    const { sourceCode, options } = context;
    const { allowed = {}, root = context.cwd } = options[0] ?? {};
    const services = sourceCode.parserServices;
    const isAllowed = Object.hasOwn(allowed, relative(root, context.filename).replaceAll('\\', '/'));
    if (services?.getTypeAtLocation === undefined || isAllowed) return {};
    const carrierOf = carriersOf(services);
    const clear = clearValues(sourceCode, carrierOf);
    const typeNameOf = (node) => {
      const type = services.getTypeAtLocation(node);
      return (type.aliasSymbol ?? type.getSymbol())?.getName() ?? '';
    };
    const told = new Set();
    const check = (nodes, sink) => {
      for (const node of nodes) {
        const what = isWithin(node, told) ? undefined : clear(node);
        if (what === undefined) continue;
        told.add(node);
        context.report({ node, messageId: 'leak', data: { what, sink } });
      }
    };
    return {
      CallExpression(node) {
        const { callee } = node;
        const [sink, given] = sinkOfCall(node, typeNameOf) ?? [];
        if (sink !== undefined) check(given, sink);
        if (callee.property?.name === 'reveal' && carrierOf(callee.object) === 'phi')
          context.report({ node, messageId: 'reveal' });
      },
      NewExpression({ callee, arguments: given }) {
        if (isError(callee)) check(given, 'an error');
      },
      ThrowStatement({ argument }) {
        check([argument], 'what is thrown');
      },
      TemplateLiteral({ expressions, parent }) {
        if (parent.type !== 'TaggedTemplateExpression') check(expressions, 'a text');
      },
      'BinaryExpression[operator="+"]'({ left, right }) {
        check([left, right], 'a text');
      },
      'AssignmentExpression[operator="+="]'({ right }) {
        check([right], 'a text');
      },
    };
  },
};

/** A text in an error in what is thrown is complained about once. */
function isWithin(node, told) {
  for (let at = node; at !== null && at !== undefined; at = at.parent) if (told.has(at)) return true;
  return false;
}

module.exports = { noPhiLeak };
