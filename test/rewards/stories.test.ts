// Each test tells a story that shops tell, from the JSON of the terms to what the member gets, and back.
import { expect, test } from 'vitest'
import { type Currency, decode, type MemberId, unwrap, utc } from '../../src/foundation/index.ts'
import { applyEntry, burn, spendablePoints, unaccountedPoints } from '../../src/ledger/index.ts'
import {
  type BeneficiaryId,
  cancelStampReward,
  compileVoucherOfferPolicy,
  compileVoucherPlan,
  DonationCampaign,
  DonationGoal,
  donate,
  donationGoalProgress,
  donationPostings,
  donationProgress,
  handOverLiability,
  mostDonation,
  newStampCard,
  newVoucherUsage,
  noDonations,
  offeredVoucher,
  offerVoucher,
  parseVoucherCode,
  priceBasket,
  type RewardPrice,
  reachedVoucherLimits,
  returnStamps,
  reverseHandover,
  roundUpDonation,
  StampCardPolicy,
  type StampCardState,
  type StampPurchase,
  stampPurchase,
  stepVoucher,
  useStampReward,
  VoucherPlan,
  type VoucherUsage,
  VoucherUsePolicy,
  voucherCode,
  voucherCodeNumber,
  voucherOfferPolicyCodec,
} from '../../src/rewards/index.ts'
import { rewardOf } from './reward-terms.ts'
import { earns, id, memberWith, pointsWallet, redeems, sees, steps } from './shop.ts'
import { at, bringBack, buy, coffeeJson } from './stamp-terms.ts'
import { basket, context, group, leaf, line, percent, price, stacked, vocabulary, voucher } from './voucher-terms.ts'

const cardOf = (rest: object): StampCardPolicy => unwrap(decode(StampCardPolicy, { ...coffeeJson, ...rest }))
const stamped = (policy: StampCardPolicy, state: StampCardState, purchase: StampPurchase) =>
  unwrap(stampPurchase(policy, utc, state, purchase))
const day = (number: number): string => `2026-03-${String(number).padStart(2, '0')}T10:00:00Z`
const eur = (minor: number) => ({ minor, currency: 'EUR' as Currency })

test('every tenth purchase an ice cream, free at the till, and gone again if the tenth is returned in time', () => {
  const policy = cardOf({ id: 'ice', stampsFor: 'purchase', rewards: [{ position: 10, reward: 'ice-cream' }] })
  const numbers = Array.from({ length: 10 }, (_, index) => index + 1)
  const bought = numbers.map((number) => buy(`p${number}`, 3, day(number)))
  const ninth = bought.slice(0, 9).reduce((state, one) => stamped(policy, state, one).state, newStampCard(policy.id))
  expect([ninth.stamps, ninth.rewards]).toEqual([9, []])
  const tenth = stamped(policy, ninth, buy('p10', 3, day(10)))
  expect(tenth.rewards.map(({ card, reward, status }) => [card, reward, status])).toEqual([[1, 'ice-cream', 'open']])

  const returned = unwrap(returnStamps(policy, utc, tenth.state, bringBack('r', 'p10', 3, day(11))))
  expect([returned.state.card, returned.state.stamps, returned.state.rewards]).toEqual([1, 9, []])

  // At the till the card's reward is a voucher for one item, and the free item gives no stamp.
  const used = unwrap(useStampReward(tenth.state, { card: 1, position: 10 }))
  const till = basket([line('1', 250, 1, { sku: 'ice-cream' }), line('2', 900)])
  const paid = stacked([voucher('ice', { type: 'product', sku: 'ice-cream', quantity: 1 })], till)
  expect([paid.payMinor, paid.lines.map(({ netMinor }) => netMinor)]).toEqual([900, [0, 900]])
  expect(stamped(policy, used, buy('only-ice', 1, day(12), 1)).granted).toBe(0)
  expect(useStampReward(used, { card: 1, position: 10 })._tag).toBe('Left')
})

test('five pairs of shoes, a discount: three and three, the sixth pair is the first of the next card', () => {
  const policy = cardOf({ id: 'shoes', slots: 5, rewards: [{ position: 5, reward: 'twenty-off' }] })
  const first = stamped(policy, newStampCard(policy.id), buy('p1', 3, day(1)))
  const second = stamped(policy, first.state, buy('p2', 3, day(20)))
  expect([second.rewards.map(({ reward }) => reward), second.state.stamps]).toEqual([['twenty-off'], 1])

  // The reward comes as a code of its own, good for one purchase.
  const format = { prefix: 'SHOES', symbols: 8, group: 4 }
  const seed = 'a secret of the shoe shop'
  const code = unwrap(voucherCode(format, seed, 0))
  const once = unwrap(
    decode(VoucherUsePolicy, {
      voucher: 'twenty-off',
      limits: [{ times: 1, of: 'code', per: null }],
      holdFor: { amount: 2, unit: 'hour' },
    }),
  )
  const typed = unwrap(parseVoucherCode(format, code.toLowerCase().replaceAll('-', ' ')))
  expect(voucherCodeNumber(format, seed, typed, 1)).toEqual({ _tag: 'Right', right: 0 })
  const [who, next] = [
    { at: at(day(21)), member: 'anna' as MemberId, code: typed },
    { at: at(day(22)), member: 'ben' as MemberId, code: typed },
  ]
  const reserved = unwrap(stepVoucher(once, utc, newVoucherUsage(once), { type: 'reserve', id: id('basket'), ...who }))
  expect(stacked([percent('twenty-off', 2000)], basket([line('1', 9000)])).payMinor).toBe(7200)
  const used = unwrap(stepVoucher(once, utc, reserved.usage, { type: 'use', id: id('basket'), at: who.at })).usage
  expect(reachedVoucherLimits(once, utc, used, next).map(({ limit }) => limit.of)).toEqual(['code'])
})

test('six paid washes, one free: the free one gives no stamp, and a return after it was used is owed', () => {
  const policy = cardOf({ id: 'wash', slots: 6, rewards: [{ position: 6, reward: 'free-wash' }], perDay: 2 })
  let state = newStampCard(policy.id)
  for (const number of [1, 2, 3, 4, 5]) state = stamped(policy, state, buy(`w${number}`, 1, day(number))).state
  const sixth = stamped(policy, state, buy('w6', 1, day(6)))
  expect(sixth.rewards.map(({ reward }) => reward)).toEqual(['free-wash'])
  const used = unwrap(useStampReward(sixth.state, { card: 1, position: 6 }))
  const free = stamped(policy, used, buy('free', 1, day(7), 1))
  expect([free.desired, free.granted, free.state.stamps]).toEqual([0, 0, 0])

  const owed = unwrap(returnStamps(policy, utc, free.state, bringBack('r', 'w6', 1, day(8)))).state
  expect([owed.debt, owed.stamps]).toEqual([1, 0])
  expect(stamped(policy, owed, buy('w7', 1, day(9))).state).toMatchObject({ debt: 0, stamps: 0 })
  // If the free wash is cancelled as well, the card is open again with five.
  const cancelled = unwrap(cancelStampReward(policy, owed, { card: 1, position: 6 }))
  expect([cancelled.card, cancelled.stamps, cancelled.debt, cancelled.rewards]).toEqual([1, 5, 0, []])
})

const firstPrice = (reward: ReturnType<typeof rewardOf>): RewardPrice => reward.prices[0] as RewardPrice

test('points for a catalogue: samples for everybody, exclusive goods cheaper for gold; held, sent, come back, cancelled', () => {
  const bag = rewardOf({
    id: 'leather-bag',
    prices: [
      { wallet: 'points', points: 5000, money: null, tier: null },
      { wallet: 'points', points: 4000, money: null, tier: 'status/gold' },
    ],
    stock: 2,
    limits: [{ times: 1, per: { unit: 'year', startMonth: 1, startDay: 1 } }],
    shipped: true,
    refundable: 'always',
  })
  const sample = rewardOf({ id: 'sample', prices: [{ wallet: 'points', points: 100, money: null, tier: null }] })
  const now = at(day(1))
  const silver = memberWith(4200)
  expect(sees(sample, silver, now).available).toBe(true)
  expect(sees(bag, silver, now)).toEqual({
    available: false,
    obstacles: [{ reason: 'notEnoughPoints', wallet: 'points', missing: 800 }],
  })
  const gold = memberWith(4200, ['status/gold'])
  const seen = sees(bag, gold, now)
  const [cheaper] = seen.available ? seen.prices : []
  expect(cheaper?.points).toBe(4000)

  const held = redeems(bag, gold, 'r1', cheaper as RewardPrice, now)
  expect(spendablePoints(held.member.wallet)).toBe(200)
  const sent = steps(steps(held, 'issue', at(day(2))), 'ship', at(day(3)))
  expect(
    sees(bag, earns(sent.member, 'more', 9000, day(4)), at(day(5)), { stockTaken: 2, takenAt: [now] }),
  ).toMatchObject({
    obstacles: [{ reason: 'outOfStock' }, { reason: 'limitReached', again: at('2027-01-01T00:00:00Z') }],
  })
  const back = steps(steps(sent, 'comeBack', at(day(9))), 'cancel', at(day(9)))
  expect([back.redemption.status, spendablePoints(back.member.wallet)]).toEqual(['cancelled', 4200])
  expect(unaccountedPoints(back.member.wallet)).toBe(0)
})

test('an evening for the top tier: whoever is not in it is told what is missing', () => {
  const evening = rewardOf({
    id: 'preview-evening',
    prices: [{ wallet: 'points', points: 0, money: null, tier: null }],
    tiers: ['status/platinum'],
    stock: 30,
    limits: [{ times: 1, per: null }],
    validUntil: '2026-03-20T00:00:00Z',
  })
  const [gold, platinum] = [memberWith(9999, ['status/gold']), memberWith(0, ['status/platinum'])]
  expect(sees(evening, gold, at(day(1)))).toEqual({
    available: false,
    obstacles: [{ reason: 'notInTier', tiers: ['status/platinum'] }],
  })
  expect(sees(evening, platinum, at(day(1))).available).toBe(true)
  const taken = { stockTaken: 30, takenAt: [at(day(1))] }
  expect(sees(evening, platinum, at(day(20)), taken)).toMatchObject({
    obstacles: [{ reason: 'ended' }, { reason: 'outOfStock' }, { reason: 'limitReached', again: null }],
  })
})

test('a sale with an extra discount for higher tiers: the best of those that a member has, on top of the sale', () => {
  const ofTier = (tier: string, basisPoints: number) =>
    percent(tier, basisPoints, 'running', { when: { field: 'tiers', hasAny: [`status/${tier}`] } })
  const offers = [percent('sale', 2000), ofTier('gold', 500), ofTier('platinum', 1000)]
  const root = group('stack', leaf('sale'), group('best', leaf('gold'), leaf('platinum')))
  const shown = (...tiers: ReadonlyArray<string>) =>
    price(root, offers, basket([line('1', 10_000)]), { facts: { tiers: tiers.map((tier) => `status/${tier}`) } })
  expect(shown().payMinor).toBe(8000)
  expect(shown('gold').payMinor).toBe(7600)
  expect(shown('gold', 'platinum').payMinor).toBe(7200)
  expect(shown('gold').declined).toEqual([{ voucher: 'platinum', because: { reason: 'conditionNotMet' } }])
  expect(shown('gold', 'platinum').declined).toEqual([
    { voucher: 'gold', because: { reason: 'notBest', totalMinor: 7600 } },
  ])
})

test('a pharmacy gives the gift card of a cinema: the cinema is owed, and no longer if it is cancelled unused', () => {
  const card = rewardOf({
    id: 'cinema-card',
    prices: [{ wallet: 'points', points: 1000, money: null, tier: null }],
    partner: 'cinema',
  })
  const issued = steps(redeems(card, memberWith(1500), 'r1', firstPrice(card), at(day(1))), 'issue', at(day(1)))
  expect(spendablePoints(issued.member.wallet)).toBe(500)
  // Points were booked at 9.70, the card costs 9.00.
  const partner = card.partner as BeneficiaryId
  const postings = unwrap(handOverLiability(eur(970), eur(900), partner))
  expect(postings.map(({ account, side, amount, beneficiary }) => [account, side, amount.minor, beneficiary])).toEqual([
    ['pointsLiability', 'debit', 970, null],
    ['payable', 'credit', 900, 'cinema'],
    ['redemptionRevenue', 'credit', 70, null],
  ])
  const cancelled = steps(issued, 'cancel', at(day(2)))
  expect(spendablePoints(cancelled.member.wallet)).toBe(1500)
  const net = new Map<string, number>()
  for (const { account, side, amount } of [...postings, ...reverseHandover(postings)]) {
    net.set(account, (net.get(account) ?? 0) + (side === 'debit' ? amount.minor : -amount.minor))
  }
  expect([...net.values()].every((minor) => minor === 0)).toBe(true)
})

test('points and change for a forest: the member’s goal is shared, the shop doubles it up to a cap', () => {
  const campaign = unwrap(
    decode(DonationCampaign, {
      id: 'trees',
      beneficiary: 'forest-fund',
      price: { points: 200, price: { amount: '1.00', currency: 'EUR' } },
      step: 1000,
      open: { from: '2026-03-01T00:00:00Z', until: '2026-07-01T00:00:00Z' },
      match: { basisPoints: 10_000, capMinor: 1200, rounding: 'floor' },
      targetMinor: 2500,
      pastTarget: 'continue',
    }),
  )
  const goal = unwrap(decode(DonationGoal, { id: 'anna-runs', owner: 'anna', targetMinor: 1300 }))
  const anna = { member: 'anna' as MemberId, goal: goal.id }

  // The lot that dies soonest goes first, and for good.
  const member = earns(memberWith(350), 'later', 2000, day(2))
  const { points, amount } = unwrap(mostDonation(campaign, spendablePoints(member.wallet)))
  expect([points, amount.minor]).toEqual([2000, 1000])
  const burnt = unwrap(burn(pointsWallet, utc, member.wallet, points, at(day(3)), id('d1')))
  expect(burnt.draws.map(({ lot, points: drawn }) => [lot, drawn])).toEqual([
    ['earned', 350],
    ['later', 1650],
  ])
  const wallet = applyEntry(member.wallet, burnt)
  expect([spendablePoints(wallet), unaccountedPoints(wallet)]).toEqual([350, 0])
  const ofPoints = { type: 'points', points } as const
  const first = unwrap(
    donate(campaign, noDonations(campaign), { id: id('d1'), at: at(day(3)), source: ofPoints, ...anna }),
  )
  expect(
    unwrap(donationPostings(campaign, ofPoints, first, eur(1000))).some((one) => one.account === 'redemptionRevenue'),
  ).toBe(false)

  // Ben rounds his purchase up and gives it towards Anna's goal.
  const change = unwrap(roundUpDonation(eur(1735), 500))
  const source = { type: 'roundUp', amount: change } as const
  const ben = { member: 'ben' as MemberId, goal: goal.id }
  const second = unwrap(donate(campaign, first.state, { id: id('d2'), at: at(day(4)), source, ...ben }))
  expect([change.minor, second.matched.minor, second.desiredMatch.minor]).toEqual([265, 200, 265])
  expect(donationProgress(campaign, second.state)).toEqual({
    givenMinor: 1265,
    matchedMinor: 1200,
    raisedMinor: 2465,
    missingMinor: 35,
    members: 2,
  })
  expect(donationGoalProgress(goal, second.state)).toMatchObject({ ownMinor: 1000, givenMinor: 1265, missingMinor: 35 })
  const money = { type: 'money', amount: eur(35) } as const
  const third = unwrap(donate(campaign, second.state, { id: id('d3'), at: at(day(5)), source: money, ...anna }))
  expect([third.reachesTarget, donationGoalProgress(goal, third.state).isReached]).toEqual([true, true])
})

test('a basket that is left behind: 10 % for four hours, once a month, only with 50 € in it and an order before', () => {
  const policy = unwrap(
    decode(voucherOfferPolicyCodec(vocabulary), {
      voucher: 'come-back',
      when: {
        all: [
          { field: 'abandonedBasket', is: true },
          { field: 'orderNumber', atLeast: 2 },
        ],
      },
      holdsFor: { amount: 4, unit: 'hour' },
      againAfter: { amount: 1, unit: 'month' },
    }),
  )
  const compiled = compileVoucherOfferPolicy(vocabulary, policy)
  const template = percent('come-back', 1000, 'running', { minimumSpend: { minor: 5000, on: 'initial' } })
  const none = { voucher: template.id, member: 'anna' as MemberId, offers: [] }
  const left = { id: id('exit-1'), at: at('2026-03-01T12:00:00Z'), facts: { abandonedBasket: true, orderNumber: 3 } }
  expect(
    offerVoucher(compiled, utc, none, { ...left, facts: { abandonedBasket: true, orderNumber: 1 } }),
  ).toMatchObject({
    left: [{ reason: 'conditionNotMet' }],
  })
  const { offers, offer } = unwrap(offerVoucher(compiled, utc, none, left))
  expect(offer.until).toBe(at('2026-03-01T16:00:00Z'))

  const mine = offeredVoucher(template, offers)
  const shown = (time: string, minor: number, who = 'anna', usedUp: ReadonlyArray<string> = []) => {
    const compiledPlan = unwrap(
      compileVoucherPlan(
        vocabulary,
        unwrap(decode(VoucherPlan, { root: leaf('come-back'), maximumBasisPoints: null })),
        [mine],
      ),
    )
    const looks = { ...context, at: at(time), member: who as MemberId, usedUp: usedUp as never }
    const priced = unwrap(priceBasket(compiledPlan, basket([line('1', minor)]), looks))
    return priced.declined[0]?.because ?? priced.payMinor
  }
  expect(shown('2026-03-01T15:59:59Z', 6000)).toBe(5400)
  expect(shown('2026-03-01T16:00:00Z', 6000)).toMatchObject({ reason: 'expired' })
  expect(shown('2026-03-01T13:00:00Z', 6000, 'ben')).toEqual({ reason: 'notForMember' })
  expect(shown('2026-03-01T13:00:00Z', 4200)).toEqual({ reason: 'belowMinimumSpend', missingMinor: 800 })

  // It is used once: reserved with the basket, used with the order, and free again if the order is cancelled.
  const once = unwrap(
    decode(VoucherUsePolicy, {
      voucher: 'come-back',
      limits: [{ times: 1, of: 'member', per: { unit: 'month' } }],
      holdFor: { amount: 1, unit: 'hour' },
    }),
  )
  const user = { at: at('2026-03-01T13:00:00Z'), member: 'anna' as MemberId, code: null }
  const reserved = unwrap(stepVoucher(once, utc, newVoucherUsage(once), { type: 'reserve', id: id('b1'), ...user }))
  const used = unwrap(stepVoucher(once, utc, reserved.usage, { type: 'use', id: id('b1'), at: user.at })).usage
  const usedUp = (usage: VoucherUsage) => (reachedVoucherLimits(once, utc, usage, user).length > 0 ? ['come-back'] : [])
  expect(shown('2026-03-01T14:00:00Z', 6000, 'anna', usedUp(used))).toEqual({ reason: 'usedUp' })
  const cancelled = unwrap(stepVoucher(once, utc, used, { type: 'cancel', id: id('b1'), at: at(day(2)) })).usage
  expect(shown('2026-03-01T14:00:00Z', 6000, 'anna', usedUp(cancelled))).toBe(5400)
})
