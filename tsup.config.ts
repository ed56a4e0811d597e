import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { defineConfig, type Options } from 'tsup'
import ts from 'typescript'

const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Record<string, unknown> }
const faces = Object.keys(exports)
  .filter((path) => !path.endsWith('.json'))
  .map((path) => `src/${path.slice(2)}/index.ts`.replace('//', '/'))

const plain = new Set([
  ...[ts.SyntaxKind.StringLiteral, ts.SyntaxKind.NumericLiteral, ts.SyntaxKind.BigIntLiteral],
  ...[ts.SyntaxKind.NoSubstitutionTemplateLiteral, ts.SyntaxKind.RegularExpressionLiteral],
  ...[ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword, ts.SyntaxKind.Identifier],
  ...[ts.SyntaxKind.ObjectLiteralExpression, ts.SyntaxKind.ArrayLiteralExpression, ts.SyntaxKind.PropertyAssignment],
  ...[ts.SyntaxKind.ShorthandPropertyAssignment, ts.SyntaxKind.AsExpression, ts.SyntaxKind.ParenthesizedExpression],
])
const isPlain = (node: ts.Node): boolean =>
  ts.isFunctionLike(node) ||
  ts.isTypeNode(node) ||
  (plain.has(node.kind) && ts.forEachChild(node, (child) => (isPlain(child) ? undefined : true)) !== true)

/**
 * Tells bundlers that nothing at the top of a module has an effect, so that they drop what an application doesn't use.
 * An annotated call isn't enough: its arguments (another call, a property, `-x`) must be free of effects, too. An annotated
 * function around the whole is: `const a = f(g(-x))` becomes `const a = (() => f(g(-x)))()`.
 */
const withPureInitializers = (path: string, source: string): string => {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest)
  const pure = (node: ts.Expression) => `/* @__PURE__ */ (() => (${source.slice(node.getStart(file), node.end)}))()`
  return file.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .flatMap(({ initializer }) => (initializer === undefined || isPlain(initializer) ? [] : [initializer]))
    .reduceRight((text, node) => text.slice(0, node.getStart(file)) + pure(node) + text.slice(node.end), source)
}
const pureInitializers: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'pure-initializers',
  setup: (build) => {
    build.onLoad({ filter: /(\/src\/.*\.ts|\/fp-ts\/es6\/.*\.js)$/ }, async ({ path }) => ({
      contents: withPureInitializers(path, await readFile(path, 'utf8')),
      loader: path.endsWith('.ts') ? 'ts' : 'js',
    }))
  },
}

/**
 * fp-ts 2.x has no `exports` map: `import 'fp-ts/Either'` is a directory import, which bundlers and `tsc` accept and
 * native Node ESM rejects. Its functions work on plain data, so the few used are inlined. io-ts (whose root import works
 * everywhere) and decimal.js (whose class must be the consumer's own) stay external.
 */
const modules = defineConfig({
  // decimal.js declares no `sideEffects: false`, so a file that imports it must be one that bundlers can drop. Two entries
  // more (not public ones) set decimal.ts apart: what only it and the faces reach, and what it shares with every codec.
  entry: [...faces, 'src/foundation/decimal.ts', 'src/foundation/codec.ts'],
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'neutral',
  noExternal: [/^fp-ts(\/|$)/],
  splitting: true,
  esbuildPlugins: [pureInitializers],
  sourcemap: true,
  // tsup 8.5.1 sets `baseUrl`, which TypeScript 6 rejects (TS5101) unless this is given.
  dts: { entry: faces, resolve: ['@standard-schema/spec'], compilerOptions: { ignoreDeprecations: '6.0' } },
})

/** One file with everything inside, for script tags and JavaScript engines without modules. */
const script = defineConfig({
  entry: { treue: 'src/index.ts' },
  format: ['iife'],
  globalName: 'treue',
  outExtension: () => ({ js: '.iife.js' }),
  target: 'es2020',
  define: { 'Object.hasOwn': 'Object.prototype.hasOwnProperty.call' }, // the one later name that src/ uses
  platform: 'neutral',
  noExternal: [/./],
  minify: true,
  sourcemap: true,
})

export default [modules, script].flat()
