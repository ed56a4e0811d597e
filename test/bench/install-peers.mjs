// Installs the tools that benchmarks and the test of SQL compare with, where they aren't installed as the lock has them.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))

/** Without optional ones: of those only what fits the machine is installed. */
const installedVersions = (lockFile) => {
  if (!existsSync(lockFile)) return ''
  const { packages } = JSON.parse(readFileSync(lockFile, 'utf8'))
  const versions = Object.entries(packages).flatMap(([path, { version, optional }]) =>
    path === '' || optional === true ? [] : [`${path} ${version}`],
  )
  return versions.sort().join('\n')
}

/** Whether they are there now. */
export const installPeers = () => {
  const wanted = installedVersions(join(here, 'package-lock.json'))
  if (wanted === installedVersions(join(here, 'node_modules', '.package-lock.json'))) return true
  process.stderr.write('Installing the peers of the benchmarks…\n')
  const options = { cwd: here, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' }
  return spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], options).status === 0
}
