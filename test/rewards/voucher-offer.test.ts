import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ActivityId, decode, type Instant, type MemberId, unwrap, utc } from '../../src/foundation/index.ts'
import {
  compileVoucherOfferPolicy,
  offeredVoucher,
  offerVoucher,
  type VoucherId,
  type VoucherOfferPolicy,
  VoucherOffers,
  voucherOfferPolicyCodec,
} from '../../src/rewards/index.ts'
import { realZone } from '../arbitraries/time.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { at } from './stamp-terms.ts'
import { basket, fixed, line, stacked, vocabulary } from './voucher-terms.ts'

const policyOf = (rest: object = {}): VoucherOfferPolicy =>
  unwrap(
    decode(voucherOfferPolicyCodec(vocabulary), {
      voucher: 'come-back',
      when: { field: 'abandonedBasket', is: true },
      holdsFor: { amount: 4, unit: 'hour' },
      againAfter: { amount: 30, unit: 'day' },
      ...rest,
    }),
  )
const ready = (rest: object = {}) => compileVoucherOfferPolicy(vocabulary, policyOf(rest))
const none: VoucherOffers = { voucher: 'come-back' as VoucherId, member: 'anna' as MemberId, offers: [] }
const moment = (id: string, time: Instant, facts: object = { abandonedBasket: true }) => ({
  id: id as ActivityId,
  at: time,
  facts: facts as never,
})
const noon = at('2026-03-01T12:00:00Z')
const reasons = (result: ReturnType<typeof offerVoucher>) =>
  result._tag === 'Left' ? result.left.map(({ reason }) => reason) : []

test('only those who qualify; every reason is told', () => {
  const compiled = ready()
  expect(reasons(offerVoucher(compiled, utc, none, moment('e1', noon, { abandonedBasket: false })))).toEqual([
    'conditionNotMet',
  ])
  expect(reasons(offerVoucher(compiled, utc, none, moment('e1', noon, {})))).toEqual(['conditionUnknown'])
  const { offers } = unwrap(offerVoucher(compiled, utc, none, moment('e1', noon)))
  const soon = offerVoucher(compiled, utc, offers, moment('e2', at('2026-03-31T11:59:59Z'), {}))
  expect(reasons(soon)).toEqual(['tooSoon', 'conditionUnknown'])
  expect(soon).toMatchObject({ left: [{ again: at('2026-03-31T12:00:00Z') }, { again: null }] })
  expect(reasons(offerVoucher(compiled, utc, offers, moment('e2', at('2026-03-31T12:00:00Z'))))).toEqual([])
  const once = ready({ againAfter: null })
  expect(reasons(offerVoucher(once, utc, offers, moment('e2', at('2030-01-01T00:00:00Z'))))).toEqual(['tooSoon'])
})

test('the same moment again gives the same offer: nobody makes it last longer by going and coming back', () => {
  const compiled = ready({ againAfter: { amount: 0, unit: 'day' } })
  const first = unwrap(offerVoucher(compiled, utc, none, moment('e1', noon)))
  const again = unwrap(offerVoucher(compiled, utc, first.offers, moment('e1', (noon + 3_600_000) as Instant)))
  expect(again).toEqual(first)
})

test('hours are hours, also in the night in which the clock changes', () => {
  const { offer } = unwrap(
    offerVoucher(ready(), realZone('Europe/Berlin'), none, moment('e1', at('2026-03-29T00:30:00+01:00'))),
  )
  expect(offer.until).toBe(at('2026-03-29T05:30:00+02:00'))
})

test('the voucher is the member’s alone, from the moment on and for its hours', () => {
  const { offers } = unwrap(offerVoucher(ready(), utc, none, moment('e1', noon)))
  const voucher = offeredVoucher(fixed('come-back', 500), offers)
  const bought = basket([line('1', 5000)])
  const because = (time: string, member = 'anna') =>
    stacked([voucher], bought, { at: at(time), member }).declined[0]?.because.reason ?? 'applied'
  expect(because('2026-03-01T11:59:59Z')).toBe('notYetValid')
  expect(because('2026-03-01T12:00:00Z')).toBe('applied')
  expect(because('2026-03-01T15:59:59Z')).toBe('applied')
  expect(because('2026-03-01T16:00:00Z')).toBe('expired')
  expect(because('2026-03-01T13:00:00Z', 'ben')).toBe('notForMember')
  expect(stacked([offeredVoucher(fixed('come-back', 500), none)], bought).declined[0]?.because.reason).toBe(
    'notForMember',
  )
  // The voucher's own bounds stay.
  const bounded = fixed('come-back', 500, { validUntil: '2026-03-01T13:00:00Z', members: ['anna'] })
  expect(offeredVoucher(bounded, offers).validUntil).toBe(at('2026-03-01T13:00:00Z'))
  expect(offeredVoucher({ ...bounded, members: ['ben' as MemberId] }, offers).members).toEqual([])
})

test('offers out of order or of no length, and policies of no length, are refused', () => {
  const offer = (name: string, from: string, until: string) => ({ id: name, at: from, until })
  const [one, two] = ['2026-03-01T12:00:00Z', '2026-03-02T12:00:00Z']
  const read = (...offers: ReadonlyArray<object>) => decode(VoucherOffers, { ...none, offers })._tag
  expect(read(offer('a', one, two))).toBe('Right')
  expect(read(offer('a', one, one))).toBe('Left')
  expect(read(offer('a', one, two), offer('b', one, two))).toBe('Left')
  const policy = voucherOfferPolicyCodec(vocabulary).encode(policyOf()) as object
  expect(
    decode(voucherOfferPolicyCodec(vocabulary), { ...policy, holdsFor: { amount: 0, unit: 'hour' } }),
  ).toMatchObject({
    left: [{ path: ['holdsFor', 'amount'] }],
  })
})

test('between two offers there is as much time as the policy says, in whatever order moments come', () => {
  const compiled = ready()
  const times = fc.array(fc.nat({ max: 100 }), { maxLength: 20 })
  fc.assert(
    fc.property(times, (days) => {
      let offers = none
      for (const [index, day] of days.entries()) {
        const result = offerVoucher(compiled, utc, offers, moment(`e${index}`, (noon + day * 86_400_000) as Instant))
        if (result._tag === 'Right') offers = result.right.offers
      }
      const gaps = offers.offers.map((offer, index) => offer.at - (offers.offers[index - 1]?.at ?? 0))
      expect(gaps.every((gap) => gap >= 30 * 86_400_000)).toBe(true)
      expect(decode(VoucherOffers, VoucherOffers.encode(offers))).toEqual({ _tag: 'Right', right: offers })
    }),
  )
})

codecLaws(
  'voucherOfferPolicyCodec',
  voucherOfferPolicyCodec(vocabulary),
  fc
    .record({
      when: fc.constantFrom(null, { field: 'orderNumber', atLeast: 3 }),
      againAfter: fc.constantFrom(null, { amount: 1, unit: 'month' }),
    })
    .map(policyOf),
)
codecLaws(
  'VoucherOffers',
  VoucherOffers,
  fc.uniqueArray(fc.nat({ max: 1000 }), { maxLength: 5 }).map((hours) => ({
    ...none,
    offers: [...hours]
      .sort((a, b) => a - b)
      .map((hour) => ({
        id: `e${hour}` as ActivityId,
        at: (noon + hour * 3_600_000) as Instant,
        until: (noon + (hour + 4) * 3_600_000) as Instant,
      })),
  })),
)
