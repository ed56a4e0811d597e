// Bundles an example from its TypeScript, with `treue` taken from `src`, and runs it: the shop report, or the year of a program
// that is named. An app would import the package.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const path = (name) => fileURLToPath(new URL(name, import.meta.url))
const programs = ['coffee-shop', 'beauty-retailer', 'subscription']
const entry = programs.includes(process.argv[2] ?? '') ? 'program-year' : 'shop-report'
const outfile = path(`../../reports/demo/${entry}.mjs`)

await build({
  entryPoints: [path(`${entry}.ts`)],
  bundle: true,
  platform: 'node',
  format: 'esm',
  mainFields: ['module', 'main'],
  alias: { treue: path('../../src/index.ts') },
  outfile,
  logLevel: 'warning',
})
// A larger young generation: most of what a decision makes is gone with the next one.
const options = ['--max-semi-space-size=64', outfile, ...process.argv.slice(2)]
const { status } = spawnSync(process.execPath, options, { stdio: 'inherit' })
process.exitCode = status ?? 1
