// Each test tells a story that shops tell, from the JSON of the definition to what the member gets.
import { expect, test } from 'vitest'
import {
  type ChallengeAction,
  ContentRule,
  challengeCodec,
  challengeStanding,
  commitDraw,
  compileChallenge,
  contentStandings,
  Draw,
  type DrawEntry,
  drawPrizes,
  drawTickets,
  enterDraw,
  type MemberContent,
  memberOdds,
  noContent,
  noEntries,
  noProgress,
  recordContent,
  recordProgress,
  replaceWinner,
  reverseProgress,
  TenureLevels,
  tenureLevelsDue,
  verifyDraw,
  withdrawEntries,
} from '../../src/challenges/index.ts'
import {
  type ActivityId,
  decode,
  formatInstant,
  type Instant,
  type MemberId,
  parseInstant,
  sha256Hex,
  unwrap,
  utc,
} from '../../src/foundation/index.ts'
import {
  newVoucherUsage,
  stepVoucher,
  VoucherUsePolicy,
  voucherCode,
  voucherCodeNumber,
} from '../../src/rewards/index.ts'
import { realZone } from '../arbitraries/time.ts'

const at = (text: string): Instant => unwrap(parseInstant(text))
const id = (text: string): ActivityId => text as ActivityId

const hands = (rules: ReadonlyArray<ContentRule>, kind: string) => {
  const submit = (content: MemberContent, name: string, object: string, time: string) =>
    unwrap(
      recordContent(rules, content, {
        submissions: [{ id: id(name), kind, object: object as never, at: at(time) }],
      }),
    )
  const decide = (content: MemberContent, of: string, verdict: 'approved' | 'rejected' | 'reversed', time: string) =>
    unwrap(
      recordContent(rules, content, {
        decisions: [{ id: id(`${verdict} ${of}`), of: id(of), at: at(time), verdict }],
      }),
    )
  return { submit, decide }
}
const rulesOf = (...rules: ReadonlyArray<object>) => rules.map((rule) => unwrap(decode(ContentRule, rule)))
const statusOf = (rules: ReadonlyArray<ContentRule>, content: MemberContent) =>
  contentStandings(rules, content).map(({ status }) => status)

test('a small reward for a review: once for each product, when it is approved, and back when it is taken down', () => {
  const rules = rulesOf({ kind: 'review', review: 'before' })
  const { submit, decide } = hands(rules, 'review')

  const written = submit(noContent, 'r1', 'coffee', '2026-03-01T10:00:00Z')
  expect(written.gained).toEqual([])
  expect(statusOf(rules, written.content)).toEqual(['pending'])

  const approved = decide(written.content, 'r1', 'approved', '2026-03-02T10:00:00Z')
  expect(approved.gained).toEqual([{ submission: 'r1', kind: 'review', object: 'coffee' }])

  const again = submit(approved.content, 'r2', 'coffee', '2026-03-03T10:00:00Z')
  expect(statusOf(rules, again.content)).toEqual(['approved', 'duplicate'])
  expect(decide(again.content, 'r2', 'approved', '2026-03-04T10:00:00Z').gained).toEqual([])

  const other = submit(again.content, 'r3', 'tea', '2026-03-05T10:00:00Z')
  expect(decide(other.content, 'r3', 'approved', '2026-03-06T10:00:00Z').gained).toHaveLength(1)

  const down = decide(other.content, 'r1', 'reversed', '2026-03-07T10:00:00Z')
  expect(down.lost).toEqual([{ submission: 'r1', kind: 'review', object: 'coffee' }])
  const third = submit(down.content, 'r4', 'coffee', '2026-03-08T10:00:00Z')
  expect(decide(third.content, 'r4', 'approved', '2026-03-09T10:00:00Z').gained).toEqual([])
})

test('a small reward for feedback about an order: at once, once for each order', () => {
  const rules = rulesOf({ kind: 'feedback', review: 'none' })
  const { submit } = hands(rules, 'feedback')
  const first = submit(noContent, 'f1', 'order-1', '2026-03-01T10:00:00Z')
  expect(first.gained).toHaveLength(1)
  expect(submit(first.content, 'f1', 'order-1', '2026-03-01T10:00:00Z')).toMatchObject({ gained: [], lost: [] })
  expect(submit(first.content, 'f2', 'order-1', '2026-03-02T10:00:00Z').gained).toEqual([])
  expect(submit(first.content, 'f3', 'order-2', '2026-03-02T10:00:00Z').gained).toHaveLength(1)
})

test('a post under the brand’s hashtag: rejected, tried again, approved', () => {
  const rules = rulesOf({ kind: 'hashtag', review: 'before', afterRejection: 'resubmit' })
  const { submit, decide } = hands(rules, 'hashtag')
  const posted = submit(noContent, 'p1', '#summer', '2026-06-01T10:00:00Z')
  const rejected = decide(posted.content, 'p1', 'rejected', '2026-06-02T10:00:00Z')
  const again = submit(rejected.content, 'p2', '#summer', '2026-06-03T10:00:00Z')
  expect(statusOf(rules, again.content)).toEqual(['rejected', 'pending'])
  expect(decide(again.content, 'p2', 'approved', '2026-06-04T10:00:00Z').gained).toHaveLength(1)
})

test('a share that is approved before it comes in is rewarded when it comes, and taken back when it is deleted', () => {
  const rules = rulesOf({ kind: 'share', review: 'before', afterReversal: 'resubmit' })
  const { submit, decide } = hands(rules, 'share')
  const early = decide(noContent, 's1', 'approved', '2026-06-01T10:05:00Z')
  expect(early.gained).toEqual([])
  const shared = submit(early.content, 's1', 'product-7', '2026-06-01T10:00:00Z')
  expect(shared.gained).toHaveLength(1)
  const deleted = decide(shared.content, 's1', 'reversed', '2026-06-05T10:00:00Z')
  expect(deleted.lost).toHaveLength(1)
  expect(submit(deleted.content, 's2', 'product-7', '2026-06-06T10:00:00Z').content.rewards).toEqual([])
})

test('a bonus at the 10th order and a coupon at the 30th; a returned order goes off the count', () => {
  const vocabulary = { fields: [] }
  const json = {
    id: 'orders',
    measure: { type: 'times' },
    window: { type: 'whole' },
    levels: [
      { id: 'bonus', target: 10 },
      { id: 'coupon', target: 30 },
    ],
  }
  const orders = compileChallenge(vocabulary, unwrap(decode(challengeCodec(vocabulary), json)))
  const order = (number: number): ChallengeAction => ({
    id: id(`order ${number}`),
    at: (at('2026-01-01T12:00:00Z') + number * 86_400_000) as Instant,
    facts: {},
  })
  const given: Array<string> = []
  let progress = noProgress(orders.challenge)
  for (let number = 1; number <= 30; number += 1) {
    const change = unwrap(recordProgress(orders, utc, progress, [order(number)]))
    given.push(...change.reached.map(({ level, activity }) => `${level} with ${activity}`))
    progress = change.progress
  }
  expect(given).toEqual(['bonus with order 10', 'coupon with order 30'])
  // The coupon is a code of its own, good once: its number is the level's among all that were given.
  const format = { prefix: 'THIRTY', symbols: 8, group: 4 }
  const seed = 'a secret of the shop'
  const code = unwrap(voucherCode(format, seed, 0))
  const once = unwrap(
    decode(VoucherUsePolicy, {
      voucher: 'thirty',
      limits: [{ times: 1, of: 'code', per: null }],
      holdFor: { amount: 1, unit: 'hour' },
    }),
  )
  const user = { at: at('2026-02-01T12:00:00Z'), member: 'anna' as MemberId, code }
  const held = unwrap(stepVoucher(once, utc, newVoucherUsage(once), { type: 'reserve', id: id('b1'), ...user })).usage
  expect(voucherCodeNumber(format, seed, code, 1)._tag).toBe('Right')
  expect(stepVoucher(once, utc, held, { type: 'reserve', id: id('b2'), ...user })._tag).toBe('Left')

  const reversal = { id: id('return'), of: id('order 4'), at: at('2026-03-01T12:00:00Z'), amount: null }
  const returned = unwrap(reverseProgress(orders, utc, progress, [reversal]))
  expect(returned.lost.map(({ level }) => level)).toEqual(['coupon'])
  const { levels } = challengeStanding(orders.challenge, utc, returned.progress, at('2026-03-02T00:00:00Z'))
  expect(levels.map(({ missing }) => missing)).toEqual([0, 1])
  const next = unwrap(recordProgress(orders, utc, returned.progress, [order(31)]))
  expect(next.reached.map(({ level, activity }) => `${level} with ${activity}`)).toEqual(['coupon with order 31'])
})

test('gifts by tenure: after a year, after three, after five, each once, from the 29th of February on', () => {
  const levels = unwrap(
    decode(TenureLevels, [
      { id: 'mug', after: { amount: 1, unit: 'year' } },
      { id: 'bag', after: { amount: 3, unit: 'year' } },
      { id: 'watch', after: { amount: 4, unit: 'year' } },
    ]),
  )
  const berlin = realZone('Europe/Berlin')
  const joinedAt = at('2020-02-29T10:00:00+01:00')
  const due = (given: ReadonlyArray<string>, asOf: string) =>
    tenureLevelsDue(levels, berlin, { joinedAt, given: given as never }, at(asOf)).map((one) => [
      one.level,
      formatInstant(one.at),
    ])
  expect(due([], '2021-02-28T09:59:59+01:00')).toEqual([])
  expect(due([], '2021-02-28T10:00:00+01:00')).toEqual([['mug', '2021-02-28T09:00:00Z']])
  expect(due(['mug'], '2024-02-29T10:00:00+01:00')).toEqual([
    ['bag', '2023-02-28T09:00:00Z'],
    ['watch', '2024-02-29T09:00:00Z'],
  ])
})

const contest = unwrap(
  decode(Draw, {
    id: 'summer contest',
    opens: '2026-06-01T00:00:00Z',
    closes: '2026-07-01T00:00:00Z',
    drawsAt: '2026-07-10T12:00:00Z',
    methods: [
      { id: 'order', tickets: 1, isPurchase: true },
      { id: 'postcard', tickets: 1, isPurchase: false },
    ],
    mostTickets: 1,
    prizes: [
      { id: 'cheque', count: 50, among: null },
      { id: 'trip', count: 10, among: 'cheque' },
    ],
    alternates: 20,
  }),
)

const participants = Array.from(
  { length: 400 },
  (_, index): DrawEntry => ({
    id: id(`entry ${index}`),
    member: `member ${index}` as MemberId,
    at: (contest.opens + index * 60_000) as Instant,
    method: index % 4 === 0 ? 'postcard' : 'order',
  }),
)

test('S61 a contest: 50 win a cheque, 10 of them a trip as well, and every participant a small reward', () => {
  const entered = unwrap(enterDraw(contest, noEntries(contest), participants))
  // One order is returned in time, one after the draw; an employee is excluded.
  const entries = unwrap(
    withdrawEntries(entered, [
      { id: id('return 1'), of: id('entry 1'), at: at('2026-07-09T00:00:00Z') },
      { id: id('return 2'), of: id('entry 2'), at: at('2026-07-11T00:00:00Z') },
    ]),
  )
  const tickets = drawTickets(contest, entries, ['member 3' as MemberId])
  const rewarded = tickets.members.map(({ member }) => member)
  expect(rewarded).toHaveLength(398)
  expect(rewarded).not.toContain('member 1')
  expect(rewarded).toContain('member 2')
  expect(tickets.excluded).toEqual(['member 3'])

  // Whoever sends a postcard has the odds of whoever buys.
  for (const member of ['member 4', 'member 5']) {
    expect(unwrap(memberOdds(tickets, member as MemberId, 50)).low).toBe(50 / 398)
  }

  const secretSeed = sha256Hex('thirty-two bytes from a good source')
  const published = unwrap(commitDraw(contest, tickets, secretSeed))
  const result = unwrap(drawPrizes(contest, tickets, { secretSeed, publicSeed: 'lottery of 10 July: 4 8 15 16 23 42' }))
  const [cheque, trip] = result.prizes
  expect(new Set(cheque?.winners).size).toBe(50)
  expect(new Set(trip?.winners).size).toBe(10)
  expect(cheque?.winners).toEqual(expect.arrayContaining([...(trip?.winners ?? [])]))
  expect(verifyDraw(contest, tickets, published, result)).toEqual([])

  // One of those who won both cannot be reached.
  const gone = trip?.winners[0] as MemberId
  const [chequeNow, tripNow] = unwrap(replaceWinner(contest, result, gone)).prizes
  expect(chequeNow?.winners).toHaveLength(50)
  expect(chequeNow?.winners).toContain(result.alternates[0])
  expect(tripNow?.winners[0]).toBe(trip?.reserves[0])
  expect(tripNow?.winners.slice(1)).toEqual(trip?.winners.slice(1))
})
