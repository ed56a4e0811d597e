// Installs the packed package into an empty project, as an application would, and uses it in every way an application
// can. publint and attw read manifests and types only: neither sees that an import fails when Node runs it.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bareEngine } from './bare-engine.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const work = join(root, 'test/package/work/consumer')
const bin = (name) => join(root, 'node_modules/.bin', name)
const run = (cwd, file, ...args) =>
  execFileSync(file, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
const sh = (file, ...args) => run(work, file, ...args)
const write = (name, text) => writeFileSync(join(work, name), text)

rmSync(work, { recursive: true, force: true })
mkdirSync(work, { recursive: true })
const tarball = run(root, 'npm', 'pack', '--silent', '--pack-destination', work).trim().split('\n').at(-1)
write('package.json', '{ "name": "consumer", "private": true }')
sh('npm', 'install', '--silent', '--no-audit', '--no-fund', '--prefer-offline', `./${tarball}`)

// What an application does, in words that every JavaScript engine understands.
const names =
  'Ladder, Points, assessTier, countQualifying, decode, firstStanding, formatDecimal, netPromoterScore, parseInstant, ' +
  'summariseAnswers, toDecimal, unwrap, utc'
const use = `
var ladder = unwrap(decode(Ladder, {
  id: 'status',
  metrics: [{ id: 'points', of: 'points', wallet: 'points' }],
  period: { type: 'calendar', calendar: { unit: 'year', startMonth: 1, startDay: 1 } },
  validity: { type: 'endOfNextPeriod' },
  tiers: [{ id: 'basic' }, { id: 'gold', reach: { type: 'count', metric: 'points', atLeast: 1000 } }],
}))
var at = unwrap(parseInstant('2026-03-10T12:00:00Z'))
var standing = countQualifying(ladder, utc, firstStanding(ladder, utc, at), { metric: 'points', count: 1000, countedAt: at })
var got = [
  formatDecimal(unwrap(toDecimal('0.10'))),
  Points.is(-1),
  unwrap(netPromoterScore(unwrap(summariseAnswers([10, 10, 9, 0])))).score,
  assessTier(ladder, utc, standing, at).standing.tier,
].join()
if (got !== '0.1,false,50,gold') throw new Error(got)
`
write(
  'esm.mjs',
  `import { ${names} } from 'treue'
import { netPromoterScore as again } from 'treue/feedback'
${use}
if (again !== netPromoterScore) throw new Error('two copies')`,
)
write(
  'cjs.cjs',
  `const { ${names} } = require('treue')
${use}
if (require('treue/feedback').netPromoterScore !== netPromoterScore) throw new Error('two copies')
if (require('treue/package.json').name !== 'treue') throw new Error('package.json')`,
)
write(
  'io-ts.mjs',
  `import * as t from 'io-ts'
import { Points } from 'treue'
if (!(Points instanceof t.Type)) throw new Error('two copies of io-ts')
if (t.type({ points: Points }).decode({ points: 1 })._tag !== 'Right') throw new Error('no composition')`,
)
write(
  'vite.config.mjs',
  "export default { logLevel: 'error', build: { lib: { entry: 'esm.mjs', formats: ['es'], fileName: 'vite' } } }",
)

const types = `
import { decode, netPromoterScore, Points, summariseAnswers, unwrap, type Tier } from 'treue'
import type { Points as Same } from 'treue/foundation'
const decoded = decode(Points, 1)
if (decoded._tag === 'Right') { const same: Same = decoded.right; const bare: number = same; void bare }
else { const tag: 'InvalidValue' = decoded.left[0]._tag; void tag }
const summary = unwrap(summariseAnswers([10]))
const score: number = unwrap(netPromoterScore(summary)).score
// @ts-expect-error a bare text is not the id of a tier
const id: Tier['id'] = 'gold'
// @ts-expect-error the result of a function that can fail is not the value
netPromoterScore(summary).score
void [score, id]
`
for (const name of ['types.mts', 'types.cts', 'types.ts']) write(name, types)
const tsc = (file, ...resolution) =>
  sh(
    bin('tsc'),
    ...['--ignoreConfig', '--noEmit', '--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false'],
    ...['--target', 'es2022', '--lib', 'es2022', ...resolution, file],
  )
const script = () => readFileSync(join(work, 'node_modules/treue/dist/treue.iife.js'), 'utf8')

const ways = {
  'Node, ESM': () => sh('node', 'esm.mjs'),
  'Node, CommonJS': () => sh('node', 'cjs.cjs'),
  'Node, with io-ts of its own': () => sh('node', 'io-ts.mjs'),
  'TypeScript nodenext, ESM': () => tsc('types.mts', '--module', 'nodenext'),
  'TypeScript nodenext, CommonJS': () => tsc('types.cts', '--module', 'nodenext'),
  'TypeScript bundler': () => tsc('types.ts', '--module', 'esnext', '--moduleResolution', 'bundler'),
  'esbuild, for a browser': () => {
    sh(
      bin('esbuild'),
      'esm.mjs',
      '--bundle',
      '--format=esm',
      '--platform=browser',
      '--outfile=esbuild.mjs',
      '--log-level=error',
    )
    sh('node', 'esbuild.mjs')
  },
  Vite: () => {
    sh(bin('vite'), 'build')
    sh('node', 'dist/vite.mjs')
  },
  'one script, in a bare ES2020 engine': () => bareEngine(script(), `(() => { var { ${names} } = treue; ${use} })()`),
}

const attempt = ([name, way]) => {
  try {
    way()
    return true
  } catch (error) {
    console.error(`${name}: ${error.stdout ?? ''}${error.stderr ?? String(error.stack).slice(-1000)}`)
    return false
  }
}
const results = Object.entries(ways).map(attempt)
console.log(`works for ${results.filter(Boolean).length} of ${results.length} kinds of consumers`)
process.exitCode = results.every(Boolean) ? 0 : 1
