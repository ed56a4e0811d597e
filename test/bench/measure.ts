// What a benchmark is, and how it is measured.
import { isDeepStrictEqual } from 'node:util'

/** One way to do the work. */
export interface Contender {
  readonly name: string
  /** how many events one timed run takes: so many that it lasts some tenths of a second */
  readonly events: number
  /** the results for the first so many events, to be compared between contenders */
  readonly results: (events: number) => unknown
  /** the timed work on the first so many events; what it returns keeps the work from being optimised away */
  readonly run: (events: number) => unknown
}

/** Another tool, and by how much we mean to be ahead of it. */
export interface Peer extends Contender {
  /** such as "ratio 2, ours 1.5M/s" */
  readonly goal: string
}

export interface Prepared {
  readonly ours: Contender
  readonly peers: ReadonlyArray<Peer>
}

export interface Benchmark {
  readonly name: string
  /** `rate` prints events per CPU second, `time` the milliseconds of CPU time of one run */
  readonly unit: 'rate' | 'time'
  /**
   * Whether every timed run, of all contenders, comes after others that are not timed. Collecting garbage also drops compiled
   * code that knew the shapes of objects that are gone; without this, short runs time the compiler.
   */
  readonly warm?: boolean
  readonly prepare: () => Promise<Prepared>
}

const rounds = 7

/** Runs that only let the JIT compiler learn. */
const warmUps = 2

const median = (values: ReadonlyArray<number>): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2
}

/** CPU seconds for each event; what the others left behind is collected before the clock starts. */
const timed = async ({ events, run }: Contender, warm: boolean): Promise<number> => {
  globalThis.gc?.()
  for (let i = 0; warm && i < warmUps; i += 1) await run(events)
  const before = process.cpuUsage()
  await run(events)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6 / events
}

const checkEqual = async (name: string, ours: Contender, peer: Peer): Promise<void> => {
  const events = Math.min(ours.events, peer.events)
  if (!isDeepStrictEqual(await ours.results(events), await peer.results(events))) {
    throw new Error(`${name}: ${peer.name} has other results than treue`)
  }
}

const inUnits = (perSecond: number): string => {
  if (perSecond >= 1e6) return `${(perSecond / 1e6).toFixed(2)}M/s`
  return perSecond >= 1e3 ? `${(perSecond / 1e3).toFixed(1)}k/s` : `${perSecond.toFixed(0)}/s`
}

const figure = ({ unit }: Benchmark, { events }: Contender, secondsPerEvent: number): string =>
  unit === 'rate' ? inUnits(1 / secondsPerEvent) : `${(secondsPerEvent * events * 1000).toFixed(1)} ms`

/**
 * Checks that the peers agree with us, times all in turns, and prints one line for each peer.
 *
 * The runs that warm up come before the check: results that are kept for a comparison would teach the engine to
 * allocate all results as long-lived ones.
 */
export const measure = async (benchmark: Benchmark): Promise<void> => {
  const { ours, peers } = await benchmark.prepare()
  const contenders: ReadonlyArray<Contender> = [ours, ...peers]
  for (let i = 0; i < warmUps; i += 1) for (const contender of contenders) await contender.run(contender.events)
  for (const peer of peers) await checkEqual(benchmark.name, ours, peer)
  const times = new Map(contenders.map((contender) => [contender, [] as Array<number>]))
  for (let round = 0; round < rounds; round += 1) {
    for (const [contender, list] of times) list.push(await timed(contender, benchmark.warm === true))
  }
  const medianOf = (contender: Contender): number => median(times.get(contender) ?? [])
  for (const peer of peers) {
    const [a, b] = [medianOf(ours), medianOf(peer)]
    console.log(
      `${benchmark.name}: ours ${figure(benchmark, ours, a)}, ${peer.name} ${figure(benchmark, peer, b)}, ` +
        `ratio ${(b / a).toFixed(2)}, goal ${peer.goal}`,
    )
  }
}
