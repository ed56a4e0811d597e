// Reads every vector file under a directory: `{ vectors: [...] }`, or `{ meta: { model }, cases: [...] }`. Other JSON
// files are data that vectors refer to.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** One worked example. */
export interface Vector {
  readonly id: string
  readonly metric: string
  readonly input: unknown
  readonly expected: unknown
  /** An absolute distance as decimal text, `'exact'`, or `'relative …'` for a share of the expected value. */
  readonly tolerance: string
  /** Whether its data set isn't there. */
  readonly needsData?: true
}

/** What a directory holds, and what could not be read of it. */
export interface VectorFiles {
  readonly vectors: ReadonlyArray<Vector>
  readonly faults: ReadonlyArray<string>
}

const decimal = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const jsonFilesUnder = (path: string): ReadonlyArray<string> => {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => {
      const inner = join(path, name)
      if (statSync(inner).isDirectory()) return jsonFilesUnder(inner)
      return name.endsWith('.json') ? [inner] : []
    })
}

const vectorOf = (value: unknown, place: string): Vector | string => {
  if (!isFields(value)) return `${place} is no vector`
  const { id, metric, input, expected, tolerance = 'exact' } = value
  if (typeof id !== 'string' || typeof metric !== 'string') return `${place} has no id or no metric`
  if (!('input' in value) || !('expected' in value)) return `${place} (${id}) has no input or nothing expected`
  const distance = String(tolerance).replace(/^relative /, '')
  const isTolerance = tolerance === 'exact' || (distance !== '' && Number(distance) >= 0)
  return isTolerance
    ? { id, metric, input, expected, tolerance: String(tolerance) }
    : `${place} (${id}) has a tolerance that is neither "exact" nor a number from 0`
}

/** Of model points: wider where purchases are very many or the horizon very long. */
const toleranceOf = (value: unknown): string => {
  const { x = 0, n = 0 } = isFields(value) ? value : {}
  return Number(x) >= 1000 || Number(n) >= 1000 ? 'relative 1e-9' : 'relative 1e-11'
}

const caseOf = (value: unknown, index: number, name: string, model: string): Vector => {
  const kind = isFields(value) && typeof value['kind'] === 'string' ? `.${value['kind']}` : ''
  return {
    id: `${name}#${index}`,
    metric: `${model}${kind}`,
    input: value,
    expected: value,
    tolerance: toleranceOf(value),
  }
}

const vectorsIn = (content: unknown, name: string): ReadonlyArray<Vector | string> => {
  if (!isFields(content)) return []
  const { vectors, cases, meta } = content
  if ('vectors' in content && !Array.isArray(vectors)) return [`${name}: its vectors are no list`]
  if (Array.isArray(vectors)) return vectors.map((value, index) => vectorOf(value, `${name}: vector ${index}`))
  const model = isFields(meta) ? meta['model'] : undefined
  return Array.isArray(cases) ? cases.map((value, index) => caseOf(value, index, name, String(model ?? name))) : []
}

/** A table with a head, as columns; what is no number stays a text. */
const columnsOf = (text: string): Readonly<Record<string, ReadonlyArray<number | string>>> => {
  const [head = [], ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.trim().replaceAll('"', '').split(','))
  const fieldOf = (field = ''): number | string => (decimal.test(field) ? Number(field) : field)
  return Object.fromEntries(head.map((name, at) => [name, rows.map((row) => fieldOf(row[at]))]))
}

/** An input that names a data set has it as `dataset`, read beside the vector's own file; without it where that isn't there. */
const withData = (vector: Vector | string, directory: string): Vector | string => {
  if (typeof vector === 'string' || !isFields(vector.input)) return vector
  const { datasetRef } = vector.input
  if (typeof datasetRef !== 'string') return vector
  const path = join(directory, datasetRef)
  if (!existsSync(path)) return { ...vector, needsData: true }
  const text = readFileSync(path, 'utf8')
  const dataset: unknown = path.endsWith('.csv') ? columnsOf(text) : JSON.parse(text)
  return { ...vector, input: { ...vector.input, dataset } }
}

const readFile = (path: string, name: string): ReadonlyArray<Vector | string> => {
  try {
    return vectorsIn(JSON.parse(readFileSync(path, 'utf8')), name).map((one) => withData(one, dirname(path)))
  } catch (error) {
    return [`${name} cannot be read: ${String(error)}`]
  }
}

/** Every vector under a directory, or of one file. */
export const readVectors = (directory: string): VectorFiles => {
  try {
    const found = jsonFilesUnder(directory).flatMap((path) => readFile(path, relative(directory, path) || path))
    return {
      vectors: found.filter((one) => typeof one !== 'string'),
      faults: found.filter((one) => typeof one === 'string'),
    }
  } catch (error) {
    return { vectors: [], faults: [`${directory} cannot be read: ${String(error)}`] }
  }
}
