const { SymbolFlags } = require('typescript');

/** What types say of what a value carries. Shapes rather than names: a record is one wherever it was declared. */

/** Fields that hold what was sent, by the kind of what they are fields of. */
const CLEAR_FIELDS = { record: ['key', 'value', 'headers'], draft: ['payload', 'event', 'record'] };

const SHAPES = [
  ['phi', (type) => nameOf(type) === 'Phi' && has(type, ['reveal', 'toJSON'])],
  ['draft', (type) => has(type, CLEAR_FIELDS.draft)],
  ['record', (type) => has(type, CLEAR_FIELDS.record)],
  ['event', (type) => isGenerated(type.aliasSymbol ?? type.getSymbol())],
];

/** @returns a function from a node to `phi`, `draft`, `record`, `event`, or undefined for a type that carries none */
function carriersOf(services) {
  const checker = services.program.getTypeChecker();
  const known = new WeakMap();
  const carrierOf = (type) => {
    if (!known.has(type)) {
      // A type may hold itself.
      known.set(type, undefined);
      known.set(type, find(type));
    }
    return known.get(type);
  };
  const find = (type) => {
    if (type.isUnion()) return first(type.types.map(carrierOf));
    if (checker.isArrayType(type) || checker.isTupleType(type))
      return first(checker.getTypeArguments(type).map(carrierOf));
    return SHAPES.find(([, fits]) => fits(type))?.[0];
  };
  return (node) => carrierOf(services.getTypeAtLocation(node));
}

/** Whether a field of such a carrier holds what was sent. */
function isClearField(carrier, name) {
  if (carrier === 'event') return true;
  return CLEAR_FIELDS[carrier]?.includes(name) === true;
}

function first(found) {
  return found.find((one) => one !== undefined);
}

function nameOf(type) {
  return type.getSymbol()?.getName();
}

function has(type, names) {
  return names.every((name) => type.getProperty(name) !== undefined);
}

/** An event's type, as generated from its contract; the contract itself is data about data. */
function isGenerated(symbol) {
  if (symbol === undefined || (symbol.flags & (SymbolFlags.Interface | SymbolFlags.TypeAlias)) === 0)
    return false;
  const file = symbol.getDeclarations()?.[0]?.getSourceFile().fileName ?? '';
  return /\/contracts\/[^/]+\/generated\/[^/]+\.ts$/.test(file);
}

module.exports = { carriersOf, isClearField };
