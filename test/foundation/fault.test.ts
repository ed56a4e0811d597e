import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  describeValue,
  emptySample,
  type Fault,
  formatError,
  formatPath,
  invalidValue,
  nonConvergence,
  outOfRange,
  zeroDenominator,
} from '../../src/foundation/index.ts'
import { anythingArbitrary, textArbitrary } from '../arbitraries/foundation.ts'

const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

describe('describeValue', () => {
  test.each<[unknown, string]>([
    ['1,99', '"1,99"'],
    ['a "b"\n', '"a \\"b\\"\\n"'],
    ['x'.repeat(61), `"${'x'.repeat(60)}"… (61 characters)`],
    [1.5, '1.5'],
    [-0, '-0'],
    [Number.NaN, 'NaN'],
    [12n, '12n'],
    [10n ** 31n, 'a very large bigint'],
    [-(10n ** 31n), 'a very large bigint'],
    [true, 'true'],
    [undefined, 'undefined'],
    [null, 'null'],
    [[1, 2], 'an array of 2'],
    [{ a: 1 }, 'an object'],
    [Symbol('s'), 'a symbol'],
    [() => 1, 'a function'],
  ])('%# %s', (value, description) => {
    expect(describeValue(value)).toBe(description)
  })

  test('never throws, and stays short', () => {
    expect(describeValue(revoked())).toBe('an object')
    expect(describeValue(new Proxy([], { get: () => Number.NaN }))).toBe('an array of NaN')
    fc.assert(
      fc.property(anythingArbitrary, (value) => {
        expect(describeValue(value).length).toBeLessThan(400)
      }),
    )
  })
})

describe('formatPath', () => {
  test.each<[ReadonlyArray<string | number>, string]>([
    [[], ''],
    [['lines', 2, 'amount'], 'lines[2].amount'],
    [[0, 'a'], '[0].a'],
    [['by name', 'Ann Lee'], '["by name"]["Ann Lee"]'],
    [['size-1', '__proto__', 'a.b', 'Größe'], 'size-1.__proto__["a.b"]["Größe"]'],
    [[''], '[""]'],
  ])('%j', (path, text) => {
    expect(formatPath(path)).toBe(text)
  })

  test('tells different paths apart', () => {
    const keys = fc.oneof(
      textArbitrary.map((text) => text.slice(0, 20)),
      fc.nat({ max: 20 }),
    )
    const paths = fc.array(keys, { maxLength: 4 })
    fc.assert(
      fc.property(paths, paths, (a, b) => {
        expect(formatPath(a) === formatPath(b)).toBe(JSON.stringify(a) === JSON.stringify(b))
      }),
    )
  })
})

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
      'Activity conflict at activities[0]: expected the same content as before (activity id "a-1", first seen 3, known an array of 1).',
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
})
