import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  emptySample,
  type Fault,
  formatError,
  formatInstant,
  type Instant,
  invalidValue,
  nonConvergence,
  outOfRange,
  parseInstant,
  unwrap,
  zeroDenominator,
} from '../../src/foundation/index.ts'
import { anythingArbitrary, textArbitrary } from '../arbitraries/foundation.ts'

const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

/** The fields of all faults of the library that hold an instant, by their declarations. */
const instantFields = (): ReadonlyArray<string> => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  const declared = files.flatMap((name) => [
    ...readFileSync(`src/${name}`, 'utf8').matchAll(/interface \w+\s+extends Fault<[^{]*\{([^}]*)\n\}/g),
  ])
  const names = declared.flatMap(([, body = '']) => [...body.matchAll(/readonly (\w+)\??: Instant\b/g)])
  return [...new Set(names.map(([, name = '']) => name))]
}

describe('formatError', () => {
  test('is a sentence', () => {
    expect(formatError(invalidValue(['lines', 2, 'amount'], '1,99', 'an amount in EUR such as "19.99"'))).toBe(
      'Invalid value at lines[2].amount: got "1,99", expected an amount in EUR such as "19.99".',
    )
    expect(formatError(outOfRange([], -1, 'points'))).toBe('Out of range: got -1, expected points.')
    expect(formatError(zeroDenominator(['start'], 'at least one customer'))).toBe(
      'Zero denominator at start: expected at least one customer.',
    )
    expect(formatError(emptySample(['scores'], 'an answer'))).toBe('Empty sample at scores: expected an answer.')
    expect(formatError(nonConvergence([], 100, 'a maximum'))).toBe(
      'Non convergence: expected a maximum (iterations 100).',
    )
  })

  test('is a line for each of several faults', () => {
    expect(formatError([])).toBe('')
    expect(formatError([zeroDenominator([], 'a'), emptySample([], 'b')])).toBe(
      'Zero denominator: expected a.\nEmpty sample: expected b.',
    )
  })

  test('prints what one kind of fault has beyond the others', () => {
    const fault = {
      _tag: 'ActivityConflict',
      path: ['activities', 0],
      expected: 'the same content as before',
      activityId: 'a-1',
      firstSeen: 3,
      known: ['a'],
      nothing: undefined,
    }
    expect(formatError(fault)).toBe(
      'Activity conflict at activities[0]: expected the same content as before (activity id "a-1", first seen 3, known ["a"]).',
    )
  })

  test('never throws, whatever it is given', () => {
    const broken: ReadonlyArray<unknown> = [
      null,
      undefined,
      {},
      { _tag: 1, path: 3 },
      revoked(),
      { _tag: 'A', path: [{}] },
    ]
    for (const fault of broken) expect(formatError(fault as Fault)).toBe('Invalid value.')
    fc.assert(
      fc.property(anythingArbitrary, anythingArbitrary, textArbitrary, (actual, extra, tag) => {
        const fault = { ...invalidValue(['a'], actual, 'b'), _tag: tag, extra }
        expect(formatError(fault)).toContain('expected b')
        expect(typeof formatError(extra as Fault)).toBe('string')
        expect(formatError({ ...fault, actual: extra } as Fault)).toContain('expected b')
      }),
    )
  })

  const at = unwrap(parseInstant('2026-01-20T09:20:00Z'))
  const fault = (fields: object) => ({ _tag: 'Late', path: [], expected: 'a later one', ...fields }) as Fault

  test('prints times as texts, and what is in lists and objects', () => {
    expect(formatError(fault({ at, asOf: at + 1, again: null }))).toBe(
      'Late: expected a later one (at 2026-01-20T09:20:00Z, as of 2026-01-20T09:20:00.001Z, again null).',
    )
    expect(formatError(fault({ until: 20_473, limit: { times: 2, from: 3 } }))).toBe(
      'Late: expected a later one (until 2026-01-20, limit {times 2, from 3}).',
    )
    const obstacles = [
      { reason: 'notEnoughPoints', wallet: 'points', missing: 20 },
      { reason: 'limitReached', times: 1, again: at, nothing: undefined },
    ]
    expect(formatError(fault({ obstacles }))).toBe(
      'Late: expected a later one (obstacles [{reason "notEnoughPoints", wallet "points", missing 20}, {reason "limitReached", times 1, again 2026-01-20T09:20:00Z}]).',
    )
    expect(formatError(fault({ chain: [1, 2, 3, 4, 5, 6, 7], at: 0.5 }))).toBe(
      'Late: expected a later one (chain [1, 2, 3, 4, 5 and 2 more], at 0.5).',
    )
    expect(formatError(fault({ deep: { a: { b: { c: { d: { e: 1 } } } } }, broken: revoked() }))).toBe(
      'Late: expected a later one (deep {a {b {c {d …}}}}, broken …).',
    )
  })

  test('prints no instant of any fault as a number', () => {
    const fields = instantFields()
    expect(fields.length).toBeGreaterThan(10)
    const instants = fc.integer({ min: 1e11, max: 4e12 })
    fc.assert(
      fc.property(fc.constantFrom(...fields), instants, fc.boolean(), (field, time, isNested) => {
        const said = formatError(fault(isNested ? { parts: [{ [field]: time }] } : { [field]: time }))
        expect(said).not.toMatch(/\d{11}|an object|an array of/)
        expect(said).toContain(formatInstant(time as Instant))
      }),
    )
  })
})
