import type { Reporter, TestModule } from 'vitest/node'

/** Prints `N passed, N failed` alone on the very last line of a run, counted from the tests that really ran. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>, errors: ReadonlyArray<unknown>): void {
    const states = modules.flatMap((module) => Array.from(module.children.allTests(), (test) => test.result().state))
    const count = (state: string): number => states.filter((each) => each === state).length
    const broken = modules.flatMap((module) => module.errors()).length + errors.length // outside of any test
    const skipped = count('skipped') + count('pending')
    const line = `${count('passed')} passed, ${count('failed') + broken} failed`
    const rest = skipped === 0 ? '' : `, ${skipped} skipped`
    process.once('exit', () => console.log(`\n${line}${rest}`)) // after the table of coverage
  }
}
