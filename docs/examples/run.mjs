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
const { status } = spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { stdio: 'inherit' })
process.exitCode = status ?? 1
