// Histories of whole programs take a hundred times as long as other cases.
import fc from 'fast-check'
import { afterAll, beforeAll } from 'vitest'

/** The properties of the file that calls this try a quarter of the cases that FC_RUNS asks for, but not fewer than 50. */
export const fewerRuns = (): void => {
  const config = fc.readConfigureGlobal() ?? {}
  const asked = config.numRuns ?? 100
  beforeAll(() => {
    fc.configureGlobal({ ...config, numRuns: Math.min(asked, Math.max(50, Math.ceil(asked / 4))) })
  })
  afterAll(() => {
    fc.configureGlobal(config)
  })
}
