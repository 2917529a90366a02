const { isClearField } = require('./carriers.cjs');

/** Says how long something is, and nothing of what it says. */
const MEASURES = new Set(['length', 'byteLength', 'byteOffset', 'size']);
/** Functions that give out what they are given, in another form. */
const PASS_ON =
  /^(String|Number|BigInt|structuredClone|encodeURIComponent|btoa|atob|Buffer\.(from|concat)|JSON\.(parse|stringify)|Object\.(assign|entries|fromEntries|keys|values)|Array\.from)$/;
const INNER = {
  TSAsExpression: ['expression'],
  TSNonNullExpression: ['expression'],
  TSSatisfiesExpression: ['expression'],
  ChainExpression: ['expression'],
  AwaitExpression: ['argument'],
  SpreadElement: ['argument'],
  ConditionalExpression: ['consequent', 'alternate'],
  LogicalExpression: ['left', 'right'],
  ArrayExpression: ['elements'],
  ObjectExpression: ['properties'],
  Property: ['value'],
  TemplateLiteral: ['expressions'],
};
/** How far a value is followed back through local names. */
const MOST_NAMES = 5;

/**
 * @returns a function from an expression to what of it is clear (`PHI`, `a record`), or undefined. It follows types,
 *   fields, methods and local names; what a function of our own makes of a value is that function's matter.
 */
function clearValues(sourceCode, carrierOf) {
  const clear = (node, names = 0) => {
    if (node === null || node === undefined) return undefined;
    if (isJudgement(node)) return undefined;
    const carrier = isExpression(node) ? carrierOf(node) : undefined;
    if (carrier !== undefined) return carrier === 'phi' ? 'PHI' : `a ${carrier} in clear`;
    switch (node.type) {
      case 'MemberExpression':
        return ofMember(node, names);
      case 'CallExpression':
        return ofCall(node, names);
      case 'NewExpression':
        return node.callee.name?.endsWith('Buffer') ? undefined : ofAll(node.arguments, names);
      case 'BinaryExpression':
        return node.operator === '+' ? ofAll([node.left, node.right], names) : undefined;
      case 'Identifier':
        return names < MOST_NAMES ? ofName(node, names + 1) : undefined;
      default:
        return ofAll(
          (INNER[node.type] ?? []).flatMap((key) => node[key]),
          names,
        );
    }
  };
  const ofAll = (nodes, names) => {
    for (const node of nodes) {
      const found = clear(node, names);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const ofMember = ({ object, property, computed }, names) => {
    const name = computed ? undefined : property.name;
    if (name !== undefined && MEASURES.has(name)) return undefined;
    const carrier = carrierOf(object);
    if (carrier !== undefined && carrier !== 'phi') {
      if (isClearField(carrier, name)) return `the ${name} of a ${carrier}`;
      // Its other fields are coordinates and flags; an item of a list of them is one itself.
      return computed ? `a ${carrier} in clear` : undefined;
    }
    return clear(object, names);
  };
  const ofCall = (node, names) => {
    const { callee } = node;
    if (callee.type === 'MemberExpression') {
      if (callee.property.name === 'reveal' && carrierOf(callee.object) === 'phi') return 'revealed PHI';
      if (callee.property.name === 'decode') return ofAll(node.arguments, names);
      if (!PASS_ON.test(sourceCode.getText(callee))) return clear(callee.object, names);
    }
    return PASS_ON.test(sourceCode.getText(callee)) ? ofAll(node.arguments, names) : undefined;
  };
  const ofName = (node, names) => {
    const [definition] = variableOf(sourceCode.getScope(node), node.name)?.defs ?? [];
    if (definition === undefined || !['Variable', 'Parameter'].includes(definition.type)) return undefined;
    const field = fieldOf(definition.name);
    if (field !== undefined) {
      const carrier = carrierOf(field.pattern);
      if (carrier !== undefined)
        return isClearField(carrier, field.name) ? `the ${field.name} of a ${carrier}` : undefined;
    }
    if (definition.type !== 'Variable') return undefined;
    const { init, parent } = definition.node;
    return clear(init ?? parent.parent.right, names);
  };
  return clear;
}

/** A comparison or a negation says yes or no. */
function isJudgement(node) {
  if (node.type === 'BinaryExpression') return node.operator !== '+';
  return node.type === 'UnaryExpression' || node.type === 'Literal';
}

function isExpression({ type }) {
  return type !== 'SpreadElement' && type !== 'Property';
}

function variableOf(scope, name) {
  for (let at = scope; at !== null; at = at.upper) if (at.set.has(name)) return at.set.get(name);
  return undefined;
}

/** The field that a name is taken from by destructuring. */
function fieldOf(name) {
  const at = name.parent?.type === 'AssignmentPattern' ? name.parent : name;
  const { parent } = at;
  if (parent?.type !== 'Property' || parent.parent.type !== 'ObjectPattern' || parent.computed)
    return undefined;
  return { name: parent.key.name, pattern: parent.parent };
}

module.exports = { clearValues };
