/** Why it cannot be told whether a goal is reached: it names what is not there, or the stock of a reward was not given. */
import * as E from 'fp-ts/Either'
import { type Instant, type InvalidValue, invalidValue } from '../../foundation/index.ts'
import type { DecideOptions } from '../decide/decision.ts'
import type { Rejection } from '../decide/rejection.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { MemberState } from '../state/member-state.ts'
import { type ChallengeGoal, type Goal, isRewardThere, type TierGoal } from './goal.ts'

const MOST_NAMES = 20

/** The fault that a part of a goal is none of the names that there are. */
const unknownName = (part: string, name: string, names: ReadonlyArray<string>): InvalidValue | undefined => {
  if (names.includes(name)) return undefined
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ''
  const expected = names.length === 0 ? 'nothing: the program has none' : 'one of '
  return invalidValue(
    ['goal', part],
    name,
    names.length === 0 ? expected : `${expected}${names.slice(0, MOST_NAMES).join(', ')}${more}`,
  )
}

const tierFault = ({ program: { ladders } }: CompiledProgram, goal: TierGoal): InvalidValue | undefined => {
  const ladder = ladders.find(({ id }) => id === goal.ladder)
  return ladder === undefined
    ? unknownName(
        'ladder',
        goal.ladder,
        ladders.map(({ id }) => id),
      )
    : unknownName(
        'tier',
        goal.tier,
        ladder.tiers.map(({ id }) => id),
      )
}

const challengeFault = ({ program }: CompiledProgram, goal: ChallengeGoal): InvalidValue | undefined => {
  const { goals = [], streaks = [], tenure = [] } = program.challenges ?? {}
  const all = [...goals.map(({ challenge }) => challenge), ...streaks.map(({ streak }) => streak), ...tenure]
  const found = all.find(({ id }) => id === goal.challenge)
  return found === undefined
    ? unknownName(
        'challenge',
        goal.challenge,
        all.map(({ id }) => id),
      )
    : unknownName(
        'level',
        goal.level,
        found.levels.map(({ id }) => id),
      )
}

const nameFault = (program: CompiledProgram, goal: Goal): InvalidValue | undefined => {
  switch (goal.type) {
    case 'tier':
      return tierFault(program, goal)
    case 'points':
      return unknownName('wallet', goal.wallet, [...program.wallets.keys()])
    case 'reward':
      return unknownName('reward', goal.reward, [...program.rewards.keys()])
    case 'challenge':
      return challengeFault(program, goal)
  }
}

/** Why it cannot be told whether a goal is reached. */
export const goalFault = (
  program: CompiledProgram,
  state: MemberState,
  goal: Goal,
  by: Instant,
  { shared }: Pick<DecideOptions, 'shared'>,
): InvalidValue | Rejection[number] | undefined => {
  const unknown = nameFault(program, goal)
  if (unknown !== undefined || goal.type !== 'reward') return unknown
  const found = isRewardThere(program, state, goal, by, shared === undefined ? {} : { shared })
  return E.isLeft(found) ? found.left[0] : undefined
}
