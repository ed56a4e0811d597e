// Tries the guards themselves: a small house in a work folder, with one planted violation of each forbidding rule. A
// guard that misses one, or that complains about the clean files, fails.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise } from 'dependency-cruiser'
import { ESLint } from 'eslint'

const root = fileURLToPath(new URL('../../', import.meta.url))
const house = join(root, 'test/package/work/house')

const clean = {
  'src/index.ts': "export * from './foundation/index.ts'\nexport * from './tiers/index.ts'\n",
  'src/foundation/index.ts':
    "export * from './decimal.ts'\nexport * from './unwrap.ts'\nexport * from './zone-from-intl.ts'\n",
  'src/foundation/decimal.ts':
    "import { Decimal } from 'decimal.js'\nexport const one: string = new Decimal(1).toFixed()\n",
  'src/foundation/unwrap.ts':
    'export class TreueError extends Error {\n  readonly code: number = 1\n}\n' +
    "export const fail = (): never => {\n  throw new TreueError('planned')\n}\n",
  'src/foundation/zone-from-intl.ts':
    "export const zone = (id: string): unknown => new Intl.DateTimeFormat('en', { timeZone: id })\n",
  'src/tiers/index.ts': "export * from './ladder.ts'\n",
  'src/tiers/ladder.ts':
    "import { one } from '../foundation/index.ts'\n\nexport const half = (text: string): string => {\n" +
    '  const own: Array<string> = []\n  own.push(text, one)\n  return own.join()\n}\n',
}
const importing = (...paths) => paths.map((path, i) => `import * as m${i} from '${path}'`).join('\n')
const using = (...paths) =>
  `${importing(...paths)}\nexport const used: ReadonlyArray<unknown> = [${paths.map((_, i) => `m${i}`).join()}]\n`
const value = (expression) => `export const value: unknown = ${expression}\n`

// file → [source, the rule that must report it]
const linted = {
  'src/tiers/now.ts': [value('Date.now()'), 'no-restricted-globals'],
  'src/tiers/new-date.ts': [value('new Date()'), 'no-restricted-globals'],
  'src/tiers/random.ts': [value('Math.random()'), 'no-restricted-properties'],
  'src/tiers/console.ts': ["export const log = (): void => {\n  console.log('')\n}\n", 'no-restricted-globals'],
  'src/tiers/process.ts': [value('process.env'), 'no-restricted-globals'],
  'src/tiers/global-this.ts': [value('globalThis'), 'no-restricted-globals'],
  'src/tiers/intl.ts': [value('new Intl.NumberFormat()'), 'no-restricted-globals'],
  'src/tiers/eval.ts': [value("eval('1')"), 'no-restricted-globals'],
  'src/tiers/new-function.ts': [value("new Function('return 1')"), '@typescript-eslint/no-implied-eval'],
  'src/tiers/to-locale.ts': [value('(1).toLocaleString()'), 'no-restricted-syntax'],
  'src/tiers/locale-compare.ts': [value("'a'.localeCompare('b')"), 'no-restricted-syntax'],
  'src/tiers/throw.ts': [
    "export const stop = (): never => {\n  throw new Error('no')\n}\n",
    'functional/no-throw-statements',
  ],
  'src/tiers/class.ts': ['export class Held {\n  readonly held: number = 1\n}\n', 'functional/no-classes'],
  'src/foundation/date-beside-intl.ts': [value('Date'), 'no-restricted-globals'],
  'src/tiers/mutable.ts': [
    'export const put = (given: Array<number>): void => {\n  given.push(1)\n}\n',
    'functional/prefer-immutable-types',
  ],
  'src/tiers/typed-array.ts': [
    'export const put = (given: Float64Array): void => {\n  given[0] = 1\n}\n',
    'no-param-reassign',
  ],
}
const condition = (depth) => (depth === 0 ? '1' : `(n > ${depth} ? ${condition(depth - 1)} : n < ${depth} ? 2 : 3)`)
const formed = {
  'src/tiers/long.ts': [
    `export const long = (n: number): number => {\n${'  n.toFixed()\n'.repeat(45)}  return n\n}\n`,
    'lint/complexity/noExcessiveLinesPerFunction',
  ],
  'src/tiers/knotted.ts': [
    `export const knotted = (n: number): number => ${condition(8)}\n`,
    'lint/complexity/noExcessiveCognitiveComplexity',
  ],
  'src/tiers/no-ending.ts': [using('../foundation/index'), 'lint/correctness/useImportExtensions'],
  'src/tiers/default.ts': ['export default 1\n', 'lint/style/noDefaultExport'],
  'src/tiers/bang.ts': ['export const it = (n?: number): number => n!\n', 'lint/style/noNonNullAssertion'],
}
const cruised = {
  'src/foundation/upward.ts': [using('../tiers/index.ts'), 'foundation-imports-only-rooms-above'],
  'src/tiers/side-door.ts': [using('../foundation/unwrap.ts'), 'another-room-by-its-index'],
  'src/tiers/own-face.ts': [using('./index.ts'), 'own-room-by-its-files'],
  'src/tiers/whole-house.ts': [using('../index.ts'), 'root-index-is-the-end'],
  'src/tiers/decimals.ts': [using('decimal.js'), 'decimal-js-in-one-file'],
  'src/tiers/codecs.ts': [using('io-ts'), 'io-ts-in-foundation'],
  'src/tiers/host.ts': [using('node:fs'), 'pure'],
  'src/tiers/undeclared.ts': [using('fast-check'), 'declared-dependencies'],
  'src/tiers/nowhere.ts': [using('./missing.ts'), 'resolvable'],
  'src/tiers/orphan.ts': [value('1'), 'no-orphans'],
  'src/tiers/cycle-back.ts': [
    "import type { Cycle } from './cycle.ts'\nexport type Other = { c: Cycle }\n",
    'no-cycles', // reported once for each cycle, at the first of its files by name
  ],
  'src/attic/room.ts': [using('../foundation/index.ts'), 'known-rooms'],
}
const besides = {
  'src/tiers/cycle.ts': "import type { Other } from './cycle-back.ts'\nexport type Cycle = ReadonlyArray<Other>\n",
}
const compiled = {
  'src/tiers/dom.ts': [value('document'), 'TS2584'],
  'src/tiers/timer.ts': [value('setTimeout'), 'TS2304'],
  'src/tiers/node.ts': [value('Buffer'), 'TS2591'],
  'src/tiers/output.ts': [value('console'), 'TS2584'],
  'src/tiers/file.ts': [using('node:fs'), 'TS2591'],
}

const build = (...parts) => {
  rmSync(house, { recursive: true, force: true })
  for (const [path, source] of parts.flatMap((part) => Object.entries(part))) {
    mkdirSync(dirname(join(house, path)), { recursive: true })
    writeFileSync(join(house, path), Array.isArray(source) ? source[0] : source)
  }
  for (const path of ['tsconfig.json', 'eslint.config.js', 'biome.json', 'package.json'])
    cpSync(join(root, path), join(house, path))
}

const byESLint = async () => {
  const results = await new ESLint({ cwd: house }).lintFiles('src')
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, message }) => [relative(house, filePath), ruleId ?? message]),
  )
}
const outputOf = (file, ...args) => {
  try {
    return execFileSync(file, args, { cwd: house, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch (error) {
    return error.stdout
  }
}
const byBiome = async () => {
  const report = outputOf(
    join(root, 'node_modules/.bin/biome'),
    'lint',
    '--reporter=github',
    '--max-diagnostics=none',
    'src',
  )
  return Array.from(report.matchAll(/title=([^,]+),file=([^,]+),/g), ([, rule, path]) => [relative(house, path), rule])
}
const byCruiser = async () => {
  const { forbidden, options } = createRequire(import.meta.url)('./room-imports.cjs')
  const { output } = await cruise(['src'], {
    ...options,
    ruleSet: { forbidden },
    validate: true,
    baseDir: house,
  })
  return output.summary.violations.map(({ from, rule }) => [from, rule.name])
}
const byCompiler = async () => {
  const output = outputOf('node', join(root, 'node_modules/typescript7/lib/tsc.js'), '-p', house, '--pretty', 'false')
  return Array.from(output.matchAll(/^(\S+)\(\d+,\d+\): error (TS\d+)/gm), ([, path, code]) => [path, code])
}

const problemsOf = async (guard, planted, ...more) => {
  build(clean, planted, ...more)
  const found = await guard()
  const missed = Object.entries(planted)
    .filter(([path, [, rule]]) => !found.some(([where, name]) => where === path && name === rule))
    .map(
      ([path, [, rule]]) =>
        `${rule} missed ${path}: ${found.filter(([where]) => where === path).map(([, name]) => name)}`,
    )
  const wrong = found.filter(([path]) => path in clean).map(([path, rule]) => `${rule} at the clean ${path}`)
  return [...missed, ...wrong]
}

// What a file may exempt itself from, and only with a reason: purity is not among it.
const EXEMPTION = /^\s*(?:functional\/prefer-immutable-types|no-param-reassign|@typescript-eslint\/[a-z-]+)\s*(?:,|$)/
const isFair = (directive) => {
  const [rules, reason = ''] = directive.split(/\s--\s/)
  return reason.trim() !== '' && rules.split(',').every((rule) => EXEMPTION.test(rule))
}
const unfair = readdirSync(join(root, 'src'), { recursive: true })
  .filter((path) => path.endsWith('.ts'))
  .flatMap((path) =>
    Array.from(
      readFileSync(join(root, 'src', path), 'utf8').matchAll(/eslint-disable(?:-[a-z-]+)?(.*?)(?:\*\/|\n(?! ))/gs),
    )
      .filter(([, directive]) => !isFair(directive))
      .map(([text]) => `src/${path}: ${text.trim()}`),
  )

const problems = [
  ...(await problemsOf(byESLint, linted)),
  ...(await problemsOf(byBiome, formed)),
  ...(await problemsOf(byCruiser, cruised, besides)),
  ...(await problemsOf(byCompiler, compiled)),
  ...unfair,
]
for (const problem of problems) console.error(problem)
const total = [linted, formed, cruised, compiled].flatMap(Object.keys).length
console.log(`${total} planted violations, ${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1
