import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeValue, formatPath } from '../../src/foundation/index.ts'
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
