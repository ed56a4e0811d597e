// Runs vectors through the public functions and says what differs.
import type { Adapter } from './adapter.ts'
import { adapters } from './adapters/index.ts'
import { compare } from './compare.ts'
import { readVectors, type Vector } from './read-vectors.ts'

/** What came of a run. */
export interface VectorReport {
  readonly lines: ReadonlyArray<string>
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** Files that are no vector files, and directories without vectors. */
  readonly faults: ReadonlyArray<string>
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const figuresOf = ({ figures }: Adapter, vector: Vector): unknown => {
  try {
    return figures(vector.input)
  } catch (error) {
    return `thrown: ${String(error)}`
  }
}

/** What a vector expects and the library can give, with the names that it can't. */
const covered = (
  adapter: Adapter,
  expected: unknown,
): { readonly wanted: unknown; readonly missing: Array<string> } => {
  if (!isFields(expected)) return { wanted: expected, missing: [] }
  const isMissing = (name: string): boolean => adapter.notYet.includes(name)
  return {
    wanted: Object.fromEntries(Object.entries(expected).filter(([name]) => !isMissing(name))),
    missing: Object.keys(expected).filter(isMissing),
  }
}

const askedFor = (wanted: unknown, got: unknown): unknown =>
  isFields(wanted) && isFields(got)
    ? Object.fromEntries(Object.entries(got).filter(([name]) => Object.hasOwn(wanted, name)))
    : got

interface Outcome {
  readonly metric: string
  readonly state: 'passed' | 'failed' | 'skipped' | 'withoutData'
  readonly line: string | undefined
  readonly missing: ReadonlyArray<string>
}

const runOne = (vector: Vector): Outcome => {
  const { id, metric, expected, tolerance } = vector
  const adapter = Object.hasOwn(adapters, metric) ? adapters[metric] : undefined
  if (adapter === undefined) return { metric, state: 'skipped', line: undefined, missing: [] }
  if (vector.needsData === true) return { metric, state: 'withoutData', line: undefined, missing: [] }
  const { wanted, missing } = covered(adapter, expected)
  if (isFields(wanted) && Object.keys(wanted).length === 0)
    return { metric, state: 'skipped', line: undefined, missing }
  const differences = compare('', wanted, askedFor(wanted, figuresOf(adapter, vector)), tolerance)
  return differences.length === 0
    ? { metric, state: 'passed', line: undefined, missing }
    : { metric, state: 'failed', line: `FAILED ${id} (${metric}): ${differences.join('; ')}`, missing }
}

const metricsOf = (outcomes: ReadonlyArray<Outcome>): ReadonlyArray<string> =>
  Array.from(new Set(outcomes.map(({ metric }) => metric))).sort()

const skippedLines = (
  outcomes: ReadonlyArray<Outcome>,
  skippedFor: 'skipped' | 'withoutData',
  reason: string,
): ReadonlyArray<string> => {
  const skipped = outcomes.filter(({ state }) => state === skippedFor)
  return metricsOf(skipped).map((metric) => {
    const count = skipped.filter((outcome) => outcome.metric === metric).length
    return `skipped ${metric}: ${reason} (${count} vector${count === 1 ? '' : 's'})`
  })
}

const partlyLines = (outcomes: ReadonlyArray<Outcome>): ReadonlyArray<string> => {
  const partly = outcomes.filter(
    ({ state, missing }) => (state === 'passed' || state === 'failed') && missing.length > 0,
  )
  return metricsOf(partly).map((metric) => {
    const names = partly.filter((outcome) => outcome.metric === metric).flatMap(({ missing }) => missing)
    return `partly ${metric}: no adapter yet for ${Array.from(new Set(names)).join(', ')}`
  })
}

/** Runs every vector under a directory. */
export const runVectors = (directory: string): VectorReport => {
  const { vectors, faults } = readVectors(directory)
  const outcomes = vectors.map(runOne)
  const count = (state: Outcome['state']): number => outcomes.filter((outcome) => outcome.state === state).length
  return {
    lines: [
      ...outcomes.flatMap(({ line }) => (line === undefined ? [] : [line])),
      ...partlyLines(outcomes),
      ...skippedLines(outcomes, 'skipped', 'no adapter yet'),
      ...skippedLines(outcomes, 'withoutData', 'its data set is not here'),
    ],
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped') + count('withoutData'),
    faults: vectors.length === 0 && faults.length === 0 ? [`${directory} has no vectors`] : faults,
  }
}

/** Runs the directories that are named, `test/vectors` when none is; returns the exit code. */
export const main = (
  args: ReadonlyArray<string>,
  { out, error }: { readonly out: (line: string) => void; readonly error: (line: string) => void },
): number => {
  const reports = (args.length === 0 ? ['test/vectors'] : args).map(runVectors)
  const sum = (field: 'passed' | 'failed' | 'skipped'): number =>
    reports.reduce((total, report) => total + report[field], 0)
  const faults = reports.flatMap((report) => report.faults)
  for (const line of reports.flatMap(({ lines }) => lines)) out(line)
  for (const fault of faults) error(fault)
  const skipped = sum('skipped')
  out(`${sum('passed')} passed, ${sum('failed')} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`)
  return sum('failed') + faults.length === 0 ? 0 : 1
}
