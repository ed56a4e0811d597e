// Bundles the shop report from its TypeScript, with `treue` taken from `src`, and runs it. An app would import the package.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const path = (name) => fileURLToPath(new URL(name, import.meta.url))
const outfile = path('../../reports/demo/shop-report.mjs')

await build({
  entryPoints: [path('shop-report.ts')],
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
