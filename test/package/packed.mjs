// What the published package must hold: a public entry for every room, the notices of all inlined code, nothing else.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path) => readFileSync(join(root, path), 'utf8')
const manifest = JSON.parse(read('package.json'))
const [{ files }] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: root, encoding: 'utf8' }))
const packed = files.map(({ path }) => path)
const built = packed.filter((path) => path.startsWith('dist/'))

const rooms = readdirSync(join(root, 'src'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
const entries = Object.keys(manifest.exports)
const targets = [manifest.main, manifest.module, manifest.types, manifest.unpkg, manifest.jsdelivr].concat(
  Object.values(manifest.exports)
    .filter((face) => typeof face === 'object')
    .flatMap((face) => Object.values(face).flatMap(Object.values)),
)
const inlined = new Set(
  built
    .filter((path) => path.endsWith('.map'))
    .flatMap((path) => JSON.parse(read(path)).sources)
    .flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? []),
)
const notices = read('THIRD_PARTY_LICENSES.md')
const beside = ['LICENSE', 'README.md', 'THIRD_PARTY_LICENSES.md', 'package.json']

const problems = [
  ...rooms.filter((room) => !entries.includes(`./${room}`)).map((room) => `exports has no ./${room}`),
  ...targets.filter((path) => !packed.includes(path.slice(2))).map((path) => `${path} is not in the package`),
  ...[...inlined].filter((name) => !notices.includes(`\n## ${name}\n`)).map((name) => `no notice of ${name}`),
  ...beside.filter((path) => !packed.includes(path)).map((path) => `${path} is not in the package`),
  ...packed
    .filter((path) => !built.includes(path) && !beside.includes(path))
    .map((path) => `${path} is in the package`),
  ...(Object.keys(manifest.dependencies).join() === 'decimal.js,fp-ts,io-ts' ? [] : ['dependencies are not the three']),
  ...['package-lock.json', 'test/bench/package-lock.json']
    .filter((path) => existsSync(join(root, path)) && /"resolved"|\bregistry\./.test(read(path)))
    .map((path) => `${path} names a registry`),
]
for (const problem of problems) console.error(problem)
console.log(`${packed.length} files in the package, ${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1
