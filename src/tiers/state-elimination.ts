// Markov chains solved by taking out one state after the other, in arrays that these kernels make and fill themselves.
// What flows through a state that is taken out flows on between the others. Only probabilities above 0 are added,
// multiplied and divided, so that no digits cancel: that of staying is never used, nor one minus it.
// Sources: W. K. Grassmann, M. I. Taksar and D. P. Heyman, Operations Research 33 (1985); C. A. O'Cinneide, Numerische
// Mathematik 65 (1993) for its accuracy.

/** A chain with states taken out from the last one on. */
export interface Elimination {
  readonly states: number
  /** By rows: a move from or to a state, as it was when that was the last state left. */
  readonly moves: Float64Array
  /** Of each state, the probability to go anywhere else, as it was then. */
  readonly rates: Float64Array
}

const rateOf = (moves: Float64Array, states: number, state: number, exit: number): number => {
  let rate = exit
  for (let to = 0; to < state; to += 1) rate += moves[state * states + to] as number
  return rate
}

/** Lets what goes from `from` to `state` go on to where `state` leads, of the states before it. */
const redirect = (draft: Float64Array, states: number, from: number, state: number, share: number): void => {
  for (let to = 0; to < state; to += 1) {
    if (to !== from) (draft[from * states + to] as number) += share * (draft[state * states + to] as number)
  }
}

/**
 * Takes out the states of a chain. From each state but the first there must be a way to an exit or to the first one.
 *
 * @param chain probabilities by rows
 * @param exits the probability to leave the chain, per state
 */
export const eliminateStates = (chain: Float64Array, exits: Float64Array): Elimination => {
  const states = exits.length
  const moves = Float64Array.from(chain)
  const leaving = Float64Array.from(exits)
  const rates = new Float64Array(states)
  for (let state = states - 1; state >= 0; state -= 1) {
    const rate = rateOf(moves, states, state, leaving[state] as number)
    rates[state] = rate
    for (let from = 0; from < state; from += 1) {
      const flow = moves[from * states + state] as number
      if (flow === 0) continue
      redirect(moves, states, from, state, flow / rate)
      ;(leaving[from] as number) += (flow / rate) * (leaving[state] as number)
    }
  }
  return { states, moves, rates }
}

/** Rates near the smallest number have lost digits, those below it are 0. */
const smallestRate = 1e-200

/** Whether the result can be relied on; the first state needs a rate only where there are exits. */
export const isSound = ({ rates }: Elimination, exits: boolean): boolean =>
  rates.every((rate, state) => rate >= smallestRate || (state === 0 && !exits))

/** What a start in each state gathers before the exit, where every period in a state gives `own`. */
export const gather = ({ states, moves, rates }: Elimination, own: Float64Array): Float64Array => {
  const gathered = Float64Array.from(own)
  for (let state = states - 1; state > 0; state -= 1) {
    const perVisit = (gathered[state] as number) / (rates[state] as number)
    for (let from = 0; from < state; from += 1) {
      ;(gathered[from] as number) += (moves[from * states + state] as number) * perVisit
    }
  }
  for (let state = 0; state < states; state += 1) {
    let sum = gathered[state] as number
    for (let to = 0; to < state; to += 1) sum += (moves[state * states + to] as number) * (gathered[to] as number)
    gathered[state] = sum / (rates[state] as number)
  }
  return gathered
}

/** How many are in each state once as many leave as arrive, where `arrivals` come in every period. */
export const populate = ({ states, moves, rates }: Elimination, arrivals: Float64Array): Float64Array => {
  const present = Float64Array.from(arrivals)
  for (let state = states - 1; state > 0; state -= 1) {
    const perMove = (present[state] as number) / (rates[state] as number)
    for (let to = 0; to < state; to += 1) (present[to] as number) += perMove * (moves[state * states + to] as number)
  }
  for (let state = 0; state < states; state += 1) {
    let sum = present[state] as number
    for (let from = 0; from < state; from += 1)
      sum += (present[from] as number) * (moves[from * states + state] as number)
    present[state] = sum / (rates[state] as number)
  }
  return present
}

/** The weights of the states in the long run, where none has an exit; that of the first is 1. */
export const balance = ({ states, moves, rates }: Elimination): Float64Array => {
  const weights = new Float64Array(states)
  weights[0] = 1
  for (let state = 1; state < states; state += 1) {
    let sum = 0
    for (let from = 0; from < state; from += 1)
      sum += (weights[from] as number) * (moves[from * states + state] as number)
    weights[state] = sum / (rates[state] as number)
  }
  return weights
}
