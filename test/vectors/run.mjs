// `npm run vectors -- DIR`: bundles the runner with the library's sources, since Node itself resolves neither TypeScript
// nor the directory imports of fp-ts, and runs it from memory.
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../../', import.meta.url))
const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: ['test/vectors/run.ts'],
  alias: { treue: './src/index.ts' },
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  mainFields: ['module', 'main'],
  logLevel: 'error',
})
const { main } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`)
process.exitCode = main(process.argv.slice(2), { out: console.log, error: console.error })
