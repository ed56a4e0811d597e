import vm from 'node:vm'

// The global names of ES2020 without those that reach the host (Date, Intl, shared memory).
const names = [
  ...['Object', 'Function', 'Array', 'Number', 'Boolean', 'String', 'Symbol', 'BigInt', 'Math', 'JSON', 'RegExp'],
  ...['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'],
  ...['Map', 'Set', 'WeakMap', 'WeakSet', 'Promise', 'Proxy', 'Reflect', 'ArrayBuffer', 'DataView'],
  ...['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array'],
  ...['Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array'],
  ...['globalThis', 'undefined', 'NaN', 'Infinity', 'isFinite', 'isNaN', 'parseInt', 'parseFloat'],
]
// Methods that came after ES2020, which an engine of that age does not have.
const later = {
  'Array.prototype': ['at', 'findLast', 'findLastIndex', 'toReversed', 'toSorted', 'toSpliced', 'with'],
  'String.prototype': ['at', 'replaceAll', 'isWellFormed', 'toWellFormed'],
  'Object.getPrototypeOf(Int8Array.prototype)': ['at', 'findLast', 'findLastIndex', 'toReversed', 'toSorted', 'with'],
  Object: ['hasOwn', 'groupBy'],
  Map: ['groupBy'],
  Promise: ['any', 'withResolvers'],
  Array: ['fromAsync'],
}
const strip = `
for (const name of Object.getOwnPropertyNames(globalThis))
  if (!${JSON.stringify(names)}.includes(name)) delete globalThis[name]
${Object.entries(later)
  .flatMap(([owner, methods]) => methods.map((method) => `delete ${owner}.${method}`))
  .join('\n')}
delete Math.random
`

/**
 * Runs a library and then a program in an engine that has nothing but the language: no host object, no clock, no locale,
 * no randomness, no code from text. Gives the program's value.
 */
export const bareEngine = (library, program) => {
  const context = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } })
  for (const source of [strip, library]) vm.runInContext(source, context)
  return vm.runInContext(program, context)
}
