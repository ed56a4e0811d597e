/** How stamps move on a card: put on, and taken off again. */
import type { Instant } from '../foundation/index.ts'
import type { FilledCard, StampCardPolicy, StampCardState, StampReward } from './stamp-card.ts'

/** The rewards of the positions from one on, up to another, as far as the card has not given them already. */
const reached = (
  policy: StampCardPolicy,
  state: StampCardState,
  from: number,
  to: number,
  at: Instant,
): ReadonlyArray<StampReward> => {
  const given = new Set(state.rewards.filter(({ card }) => card === state.card).map(({ position }) => position))
  return policy.rewards
    .filter(({ position }) => position > from && position <= to && !given.has(position))
    .map(({ position, reward }) => ({ card: state.card, position, reward, at, status: 'open' }))
}

/** As many stamps as fit on the card; a card that is full is put away, and the next one begins empty. */
const onCard = (policy: StampCardPolicy, state: StampCardState, stamps: number, at: Instant): StampCardState => {
  const total = state.stamps + stamps
  const startedAt = state.startedAt ?? at
  const rewards = [...state.rewards, ...reached(policy, state, state.stamps, total, at)]
  if (total < policy.slots) return { ...state, stamps: total, startedAt, rewards }
  const filled = [...state.filled, { card: state.card, startedAt, filledAt: at, missing: 0 }]
  return { ...state, card: state.card + 1, stamps: 0, startedAt: null, rewards, filled }
}

/** Puts stamps on: what is owed is paid first, the rest fills one card after the other. */
export const putStamps = (
  policy: StampCardPolicy,
  state: StampCardState,
  stamps: number,
  at: Instant,
): StampCardState => {
  const paid = Math.min(state.debt, stamps)
  let left = stamps - paid
  let now: StampCardState = paid === 0 ? state : { ...state, debt: state.debt - paid }
  while (left > 0) {
    const put = Math.min(left, policy.slots - now.stamps)
    now = onCard(policy, now, put, at)
    left -= put
  }
  return now
}

/** The last filled card, if a return may open it: its last reward is not used. */
const reopenable = (policy: StampCardPolicy, { filled, rewards }: StampCardState): FilledCard | undefined => {
  const last = filled[filled.length - 1]
  if (last === undefined) return undefined
  const used = rewards.some(
    (given) => given.card === last.card && given.position === policy.slots && given.status === 'used',
  )
  return used ? undefined : last
}

/** Without the open rewards of the card beyond its stamps. */
const withdrawn = (state: StampCardState): StampCardState => ({
  ...state,
  startedAt: state.stamps === 0 ? null : state.startedAt,
  rewards: state.rewards.filter(
    ({ card, position, status }) =>
      card < state.card || status === 'used' || (card === state.card && position <= state.stamps),
  ),
})

/** A filled card that lost stamps after the next one had run out: it would have run out too, so it only loses rewards. */
const lessened = (policy: StampCardPolicy, state: StampCardState, last: FilledCard): StampCardState => {
  const back = Math.min(state.debt, policy.slots - last.missing)
  const missing = last.missing + back
  const before = state.filled.slice(0, -1)
  return {
    ...state,
    debt: state.debt - back,
    filled: missing === policy.slots ? before : [...before, { ...last, missing }],
    rewards: state.rewards.filter(
      ({ card, position, status }) => card !== last.card || status === 'used' || position <= policy.slots - missing,
    ),
  }
}

/** Opens filled cards until they have what is owed, or none may be opened. */
const reopened = (policy: StampCardPolicy, state: StampCardState): StampCardState => {
  let now = state
  while (now.debt > 0 && now.stamps === 0) {
    const last = reopenable(policy, now)
    if (last === undefined) return now
    if (last.card !== now.card - 1) {
      now = lessened(policy, now, last)
      continue
    }
    const back = Math.min(now.debt, policy.slots)
    now = {
      ...now,
      card: last.card,
      stamps: policy.slots - back,
      startedAt: last.startedAt,
      debt: now.debt - back,
      filled: now.filled.slice(0, -1),
    }
  }
  return now
}

/**
 * Takes stamps off. What the card has not goes to the cards before, as far as they may be opened; the rest is owed.
 * `own`: how many of them lie on the card itself. The others belong to a filled card, and are owed at once where the
 * policy says so.
 */
export const takeStamps = (
  policy: StampCardPolicy,
  state: StampCardState,
  stamps: number,
  own: number,
): StampCardState => {
  const spare = policy.takeBack === 'debt' && reopenable(policy, state) === undefined ? stamps - own : 0
  const off = Math.min(state.stamps, stamps - spare)
  const taken = { ...state, stamps: state.stamps - off, debt: state.debt + (stamps - off) }
  return withdrawn(reopened(policy, taken))
}

/** Takes what is owed off after all, where the last filled card may be opened. */
export const takeDebt = (policy: StampCardPolicy, state: StampCardState): StampCardState =>
  state.debt === 0 || reopenable(policy, state) === undefined
    ? state
    : takeStamps(policy, { ...state, debt: 0 }, state.debt, state.debt)
