// `npm run check -- sql`: runs the queries of docs/sql.md on DuckDB, on generated data, against the library.
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { installPeers } from './install-peers.mjs'

const here = dirname(fileURLToPath(import.meta.url))

if (!installPeers()) {
  process.stderr.write('DuckDB could not be installed.\n')
  process.exit(1)
}
const outfile = join(here, 'node_modules', '.cache', 'sql.mjs')
await build({
  absWorkingDir: here,
  entryPoints: ['sql-equality.ts'],
  bundle: true,
  format: 'esm',
  platform: 'node',
  mainFields: ['module', 'main'],
  outfile,
  logLevel: 'error',
})
const { compareAll } = await import(pathToFileURL(outfile).href)
const { compared, differences } = await compareAll(join(here, '../../docs/sql.md'))
for (const difference of differences) process.stdout.write(`${difference}\n`)
process.stdout.write(`${compared} results compared, ${differences.length} differ\n`)
process.exitCode = differences.length === 0 && compared > 0 ? 0 : 1
