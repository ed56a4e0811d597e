import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActivityId, decode, formatError } from '../../../src/foundation/index.ts'
import { decodeProgram, explainTrace, MemberState } from '../../../src/program/index.ts'
import { activity, eur, following, joins, points, rejected, returns, shop, shopJson } from '../shop.ts'

const january = '2026-01-01T00:00:00Z'
const usd = (amount: string) => ({ amount, currency: 'USD' })
const rateFrom = (validFrom: string, rate: string, from = 'USD') => ({ from, to: 'EUR', rate, validFrom })
const exchange = { rates: [rateFrom(january, '0.90'), rateFrom('2026-03-01T00:00:00Z', '0.95')] }
const program = shop({ exchange })

const buysIn = (at: string, lines: ReadonlyArray<object>, more: object = {}) =>
  activity({
    type: 'purchase',
    id: 'o',
    at,
    lines: lines.map((line, index) => ({ id: String(index + 1), ...line })),
    ...more,
  })

const earned = (at: string, lines: ReadonlyArray<object>, more: object = {}) =>
  following(program, [joins(january), buysIn(at, lines, more)])

describe('a purchase in another currency', () => {
  test('counts at the rate of its instant, from which on a rate is valid', () => {
    expect(points(earned('2026-02-28T23:59:59Z', [{ amount: usd('100.00') }]).state).active).toBe(90)
    expect(points(earned('2026-03-01T00:00:00Z', [{ amount: usd('100.00') }]).state).active).toBe(95)
  })

  test('that came in late counts at the rate of when it was made', () => {
    const late = shop({ exchange, late: { within: { amount: 60, unit: 'day' }, countedBy: 'postingDate' } })
    const bought = buysIn('2026-03-02T00:00:00Z', [{ amount: usd('100.00') }], { occurredAt: '2026-02-01T00:00:00Z' })
    expect(points(following(late, [joins(january), bought]).state).active).toBe(90)
  })

  test('S4 the sum is rounded once: three lines of 0.35 at 0.90 are 0.95, not 0.96, and the lines share it', () => {
    const { state } = earned(january, [{ amount: usd('0.35') }, { amount: usd('0.35') }, { amount: usd('0.35') }])
    expect(state.earnings[0]?.lines.map(({ minor }) => minor)).toEqual([32, 32, 31])
    expect(state.earnings[0]?.lines[0]?.foreign).toEqual({ currency: 'USD', minor: 35, originalMinor: 35 })
  })

  test('may mix currencies, discounts, taxes and payments', () => {
    const basis = { amounts: 'gross', tax: 'excluded', paidWithPoints: 'excluded' }
    const of = shop({ exchange, earning: { ...shopJson.earning, basis } })
    const lines = [{ amount: usd('80.00'), discount: usd('20.00'), tax: usd('10.00') }, { amount: eur('10.00') }]
    const bought = buysIn(january, lines, { payments: [{ type: 'points', amount: usd('10.00') }] })
    // (80 + 20 - 10) * 0.9 + 10 - 10 * 0.9 = 82
    expect(points(following(of, [joins(january), bought]).state).active).toBe(82)
  })

  test('is explained with the rate', () => {
    expect(explainTrace(program, earned(january, [{ amount: usd('100.00') }]).trace)[0]).toBe(
      '100.00 USD are 90.00 EUR, at 0.90 EUR for 1 USD as of 2026-01-01.',
    )
  })

  test('for which there is no rate is refused, each amount with its place', () => {
    const { state } = following(program, [joins(january)])
    const bought = buysIn(january, [{ amount: eur('1.00') }, { amount: { amount: '1.00', currency: 'GBP' } }], {
      payments: [{ type: 'points', amount: { amount: '1.00', currency: 'CHF' } }],
    })
    expect(formatError(rejected(program, state, bought)).split('\n')).toEqual([
      expect.stringContaining(
        'Unknown exchange rate at lines[1].amount.currency: expected a currency with a rate to EUR',
      ),
      expect.stringContaining('Unknown exchange rate at payments[0].amount.currency'),
    ])
    expect(rejected(shop(), state, bought).map(({ _tag }) => _tag)).toEqual(['CurrencyMismatch', 'CurrencyMismatch'])
  })

  test('that leaves the exact range in the currency of the program is refused', () => {
    const of = shop({ exchange: { rates: [rateFrom(january, '1000000')] } })
    const { state } = following(of, [joins(january)])
    expect(rejected(of, state, buysIn(january, [{ amount: usd('90071992547409.91') }]))).toMatchObject([
      { _tag: 'OutOfRange', path: ['lines'] },
    ])
  })
})

describe('a return of it', () => {
  const bought = buysIn(january, [{ amount: usd('33.33'), quantity: 3 }, { amount: usd('10.00') }])

  test('in its currency, in the program currency, by items, and of all of it', () => {
    const pointsAfter = (...lines: ReadonlyArray<object>) =>
      points(following(program, [joins(january), bought, returns('r', january, 'o', ...lines)]).state).active
    expect(points(following(program, [joins(january), bought]).state).active).toBe(39)
    expect(pointsAfter({ line: '2', amount: usd('5.00') })).toBe(34)
    expect(pointsAfter({ line: '2', amount: eur('4.50') })).toBe(34)
    expect(pointsAfter({ line: '1', quantity: 1 })).toBe(29)
    expect(pointsAfter({ line: '1' }, { line: '2', amount: usd('10.00') })).toBe(0)
  })

  test('of more than is left in its currency, or in a third one, is refused', () => {
    const { state } = following(program, [
      joins(january),
      bought,
      returns('r', january, 'o', { line: '2', amount: usd('4.00') }),
    ])
    expect(rejected(program, state, returns('s', january, 'o', { line: '2', amount: usd('6.01') }))).toMatchObject([
      { _tag: 'ReturnExceedsPurchase', path: ['lines', 0, 'amount'], requestedMinor: 601, remainingMinor: 600 },
    ])
    const third = returns('s', january, 'o', { line: '2', amount: { amount: '1.00', currency: 'GBP' } })
    expect(formatError(rejected(program, state, third))).toBe(
      'Currency mismatch at lines[0].amount.currency: expected EUR, the program\'s currency, or USD, the line\'s (left "GBP", right "EUR").',
    )
  })

  test('in any split gives what it gives at once, and the state comes back from storage', () => {
    const parts = fc.array(fc.integer({ min: 0, max: 3333 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(parts, (wanted) => {
        let left = 3333
        const steps = wanted.map((part) => {
          const taken = Math.min(part, left)
          left -= taken
          return taken
        })
        const of = (minor: number, id: string) =>
          returns(id, january, 'o', { line: '1', amount: usd((minor / 100).toFixed(2)) })
        const some = steps.filter((minor) => minor > 0)
        const split = following(program, [
          joins(january),
          bought,
          ...some.map((minor, index) => of(minor, `r${index}`)),
        ])
        const all = some.reduce((sum, minor) => sum + minor, 0)
        const once = following(program, [joins(january), bought, ...(all === 0 ? [] : [of(all, 'r')])])
        expect(points(split.state)).toEqual(points(once.state))
        expect(split.state.earnings[0]?.lines).toEqual(once.state.earnings[0]?.lines)
        const stored = JSON.parse(JSON.stringify(MemberState.encode(split.state)))
        expect(decode(MemberState, stored)).toEqual({ _tag: 'Right', right: split.state })
      }),
    )
  })

  test('of all of it, in whatever currency, leaves nothing', () => {
    const gone = following(program, [
      joins(january),
      bought,
      returns('r', january, 'o', { line: '1', amount: usd('33.33') }, { line: '2' }),
    ])
    expect(points(gone.state).active).toBe(0)
    expect(gone.state.earnings.find(({ id }) => id === ('o' as ActivityId))?.lines ?? []).toEqual([])
  })
})

test('a rate to another currency than the program would never be used', () => {
  const decoded = decodeProgram({ ...shopJson, exchange: { rates: [{ ...exchange.rates[0], to: 'GBP' }] } })
  expect(decoded._tag === 'Left' ? formatError(decoded.left) : '').toBe(
    'Invalid value at exchange.rates[0].to: got "GBP", expected EUR, the program\'s currency.',
  )
})
