// Public data sets that are not ours to commit: read where they lie beside the repository, if they are there.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A column of numbers by its name. */
export type Columns = (name: string) => ReadonlyArray<number>

/** The columns of a file of numbers, or `undefined`, said on a line, where there is none. */
export const dataColumns = (file: string): Columns | undefined => {
  const path = fileURLToPath(new URL(`../../../../shared/data/${file}`, import.meta.url))
  const inMain = fileURLToPath(new URL(`../../../shared/data/${file}`, import.meta.url))
  const found = [path, inMain].find((place) => existsSync(place))
  if (found === undefined) {
    console.log(`${file}: skipped, since ../shared is not there`)
    return undefined
  }
  const [head = '', ...lines] = readFileSync(found, 'utf8').trim().split('\n')
  const names = head.replaceAll('"', '').trim().split(',')
  const rows = lines.map((line) => line.split(',').map(Number))
  return (name) => rows.map((row) => row[names.indexOf(name)] ?? Number.NaN)
}
