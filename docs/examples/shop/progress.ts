// How far a long run is, on the error stream, so that the report itself stays clean.

/** Reports how many of all steps are done. */
export interface Progress {
  readonly step: (done: number) => void
  readonly end: () => void
}

/** Where progress is shown: a terminal's line is written over, any other stream gets a new line now and then. */
export interface ProgressStream {
  readonly isTTY?: boolean
  readonly write: (text: string) => unknown
}

const FIRST_AFTER_MS = 1000
const CHECK_EVERY = 64

/** Progress that shows itself only once the run takes longer than a second. */
export const progressOn = (stream: ProgressStream, now: () => number, label: string, total: number): Progress => {
  const pauseMs = stream.isTTY === true ? 100 : 2000
  let nextAt = now() + FIRST_AFTER_MS
  let shown = false
  const show = (done: number): void => {
    if (now() < nextAt) return
    nextAt = now() + pauseMs
    shown = true
    const text = `${label}: ${Math.floor((100 * done) / total)} %`
    stream.write(stream.isTTY === true ? `\r${text}` : `${text}\n`)
  }
  return {
    step: (done) => {
      if (done % CHECK_EVERY === 0) show(done)
    },
    end: () => {
      if (shown && stream.isTTY === true) stream.write(`\r${' '.repeat(label.length + 8)}\r`)
    },
  }
}

/** Progress that nobody sees. */
export const silent: Progress = { step: () => undefined, end: () => undefined }
