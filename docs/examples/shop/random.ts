// Numbers that look random and are the same for the same seed on every machine: integer arithmetic only.

/** A source of numbers; every call gives the next one. */
export interface Random {
  /** At least 0, below 1. */
  readonly share: () => number
  /** A whole number from `least` to `most`. */
  readonly whole: (least: number, most: number) => number
  /** Whether something of this probability happens. */
  readonly happens: (probability: number) => boolean
  /** One of several. */
  readonly pick: <A>(values: readonly [A, ...A[]]) => A
}

/** mulberry32: 2^32 states, good enough for a sample. */
export const seededRandom = (seed: number): Random => {
  let state = seed | 0
  const share = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const whole = (least: number, most: number): number => least + Math.floor(share() * (most - least + 1))
  return {
    share,
    whole,
    happens: (probability) => share() < probability,
    pick: (values) => values[whole(0, values.length - 1)] ?? values[0],
  }
}
