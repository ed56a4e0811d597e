import * as E from 'fp-ts/Either'
import { describe, expect, test } from 'vitest'
import { emptySample, type Fault, invalidValue, TreueError, unwrap } from '../../src/foundation/index.ts'

const thrownBy = (result: E.Either<Fault | ReadonlyArray<Fault>, unknown>): unknown => {
  try {
    return unwrap(result)
  } catch (error) {
    return error
  }
}

describe('unwrap', () => {
  test('gives the value', () => {
    expect(unwrap(E.right(3))).toBe(3)
  })

  test('throws an error with the fault as data and as a sentence', () => {
    const fault = invalidValue(['amount'], '1,99', 'an amount')
    const error = thrownBy(E.left(fault))
    expect(error).toBeInstanceOf(TreueError)
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({
      name: 'TreueError',
      message: 'Invalid value at amount: got "1,99", expected an amount.',
      fault,
    })
  })

  test('throws all of several faults', () => {
    const faults = [emptySample(['a'], 'b'), emptySample(['c'], 'd')]
    expect(thrownBy(E.left(faults))).toMatchObject({
      message: 'Empty sample at a: expected b.\nEmpty sample at c: expected d.',
      fault: faults,
    })
  })
})
