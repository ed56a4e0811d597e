// Public data sets that are not ours to commit: read where they lie beside the repository, if they are there.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { money, parseCivilDate, unwrap } from '../../src/foundation/index.ts'
import { encodePurchases, type PurchaseLog } from '../../src/retention/index.ts'

/** Where a file of the data lies, or `undefined`, said on a line, where there is none. */
const placeOf = (file: string): string | undefined => {
  const places = ['../../../../shared', '../../../shared'].map((root) =>
    fileURLToPath(new URL(`${root}/data/${file}`, import.meta.url)),
  )
  const found = places.find((place) => existsSync(place))
  if (found === undefined) console.log(`${file}: skipped, since ../shared is not there`)
  return found
}

/** The purchases of the 2,357 customers of the CDNOW sample, or `undefined` where there are none. */
export const cdnowLog = (): PurchaseLog | undefined => {
  const place = placeOf('cdnow/CDNOW_sample.txt')
  if (place === undefined) return undefined
  const rows = readFileSync(place, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([id]) => /^\d+$/.test(id ?? ''))
  return unwrap(
    encodePurchases(
      rows.map(([id = '', , day = '', , amount = '']) => ({
        customer: id,
        day: unwrap(parseCivilDate(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`)),
        amount: unwrap(money(amount, 'USD')),
      })),
    ),
  )
}

/** A column of numbers by its name. */
export type Columns = (name: string) => ReadonlyArray<number>

/** The columns of a file of numbers, or `undefined`, said on a line, where there is none. */
export const dataColumns = (file: string): Columns | undefined => {
  const found = placeOf(file)
  if (found === undefined) return undefined
  const [head = '', ...lines] = readFileSync(found, 'utf8').trim().split('\n')
  const names = head.replaceAll('"', '').trim().split(',')
  const rows = lines.map((line) => line.split(',').map(Number))
  return (name) => rows.map((row) => row[names.indexOf(name)] ?? Number.NaN)
}
