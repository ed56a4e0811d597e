// `npm run check [-- NAME…]`: everything that guards the library beside its tests. Steps that need the build run after
// it, one after the other, the others beside it, the longest first, in two lanes; a step prints one line when it is fine
// and all it has to say when it is not.
import { exec } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const tsc = 'node node_modules/typescript7/lib/tsc.js -p'
const script = (path) => `node test/${path}.mjs`

const beside = {
  lint: ['biome ci --colors=off --error-on-warnings .', 'eslint --max-warnings 0 src'],
  docs: ['typedoc --options test/package/typedoc.json'],
  types: [`${tsc} tsconfig.json`, script('docs/extract-examples'), `${tsc} test/tsconfig.json`],
  sql: [script('bench/sql')],
  unused: ['knip -c test/package/knip.json --treat-config-hints-as-errors'],
  imports: ['depcruise src --config test/package/room-imports.cjs'],
  examples: [script('docs/missing-examples')],
  guards: [script('package/guards')],
}
const packaged = {
  build: ['npm run --silent build'],
  api: [script('package/api-report')],
  package: [script('package/packed'), 'publint --strict', 'attw --pack . --profile node16 --quiet'],
  sizes: ['size-limit'],
  consumers: [script('package/consumers')],
}
const talkative = ['sizes'] // their numbers are printed when they are fine, too

const root = fileURLToPath(new URL('../../', import.meta.url))
const env = { ...process.env, NO_COLOR: '1', PATH: `${root}node_modules/.bin:${process.env.PATH}` }
const run = async (command) => {
  try {
    const { stdout } = await promisify(exec)(command, { cwd: root, env, maxBuffer: 1 << 26 })
    return { fine: true, text: stdout }
  } catch ({ stdout, stderr }) {
    return { fine: false, text: `${command}\n${stdout}${stderr}` }
  }
}

const step = async ([name, commands]) => {
  const start = performance.now()
  const said = []
  for (const command of commands) if (said.every(({ fine }) => fine)) said.push(await run(command))
  const fine = said.every((each) => each.fine)
  console.log(`${fine ? 'ok   ' : 'FAIL '} ${name.padEnd(10)} ${((performance.now() - start) / 1000).toFixed(1)} s`)
  if (!fine || talkative.includes(name))
    console.log(
      said
        .at(-1)
        .text.replace(/^\s*\n/gm, '')
        .trimEnd(),
    )
  return fine
}
const lane = async (...lists) => {
  const results = []
  for (const steps of lists) while (steps.length > 0) results.push(await step(steps.shift()))
  return results
}

const wanted = process.argv.slice(2)
const chosen = (steps) => Object.entries(steps).filter(([name]) => wanted.length === 0 || wanted.includes(name))
const unknown = wanted.filter((name) => !(name in beside) && !(name in packaged))
if (unknown.length > 0) console.error(`no such step: ${unknown.join(', ')}`)
const [anytime, afterBuild] = [chosen(beside), chosen(packaged)]
const results = (await Promise.all([lane(anytime), lane(afterBuild, anytime)])).flat()
process.exitCode = unknown.length === 0 && results.every(Boolean) ? 0 : 1
