// Histories of whole programs take a hundred times as long as other cases.
import fc from 'fast-check'
import { afterAll, beforeAll } from 'vitest'

/** The properties of the file that calls this try a quarter of the cases that FC_RUNS asks for. */
export const fewerRuns = (): void => {
  const config = fc.readConfigureGlobal() ?? {}
  beforeAll(() => {
    fc.configureGlobal({ ...config, numRuns: Math.ceil((config.numRuns ?? 100) / 4) })
  })
  afterAll(() => {
    fc.configureGlobal(config)
  })
}
