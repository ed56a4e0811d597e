// Benchmarks against the tools people use today.
//
//   npm run bench                 runs all of them
//   npm run bench -- rules        runs those whose names begin so: rules-10, rules-100 and so on
//
// Each prints one line for each peer: `NAME: ours A, PEER B, ratio R, goal G`, where A and B are medians over several
// rounds in which the contenders take turns, and R > 1 says that treue is faster. Before anything is timed, the peer's
// results must equal ours on the same input. Times are CPU time, so that other load on the machine matters little;
// ratios are what can be compared between machines. Nothing here is a timed assertion.
//
// A benchmark is a file `*.bench.ts` beside this one that exports `benchmarks` (see measure.ts). The peers have a
// package.json and a lock of their own here, and are installed on first use. Every benchmark runs in a process of its
// own, so that none profits or suffers from what another one made the JIT compiler believe.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { installPeers } from './install-peers.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const bundle = join(here, 'node_modules', '.cache', 'bench.mjs')

const fail = (message) => {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

const bundleBenchmarks = async () => {
  const files = readdirSync(here).filter((file) => file.endsWith('.bench.ts'))
  const imports = files.map((file, i) => `import { benchmarks as b${i} } from './${file}'`)
  await build({
    stdin: {
      contents: [
        ...imports,
        `export const benchmarks = [${files.map((_, i) => `...b${i}`).join(', ')}]`,
        `export { measure } from './measure.ts'`,
      ].join('\n'),
      resolveDir: here,
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    outfile: bundle,
    logLevel: 'error',
  })
  return import(pathToFileURL(bundle).href)
}

const runInOwnProcess = (name) => {
  const url = JSON.stringify(pathToFileURL(bundle).href)
  const code = `const { benchmarks, measure } = await import(${url})
await measure(benchmarks.find((one) => one.name === ${JSON.stringify(name)}))`
  return (
    spawnSync(process.execPath, ['--expose-gc', '--input-type=module', '--eval', code], { stdio: 'inherit' }).status ===
    0
  )
}

if (!installPeers()) fail('The peers could not be installed.')
const { benchmarks } = await bundleBenchmarks()
const known = benchmarks.map(({ name }) => name)
const asked = process.argv.slice(2)
const begins = (name) => (start) => name === start || name.startsWith(`${start}-`)
const unknown = asked.filter((start) => !known.some((name) => begins(name)(start)))
if (unknown.length > 0) fail(`No benchmark is named ${unknown.join(', ')}. There are: ${known.join(', ')}`)
const failed = known
  .filter((name) => asked.length === 0 || asked.some(begins(name)))
  .filter((name) => !runInOwnProcess(name))
if (failed.length > 0) fail(`Failed: ${failed.join(', ')}`)
