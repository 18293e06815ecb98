/** A place in a program: `stack` is what `Error.captureStackTrace` writes. */
interface Place {
  stack?: string;
}

type Method = (...args: never) => unknown;

const MAX_LOOSE = 256;
const FRAME = /^ {4}at (?:(.*) \()?(.*):(\d+):(\d+)\)?$/;

/** The conditions of this turn of the event loop that nothing was made of yet, and where they were made. */
const loose = new Map<object, Place>();

/** Notes that a method made a condition. */
export function noteCondition(condition: object, method: Method): void {
  if (loose.size === 0) queueMicrotask(() => loose.clear());
  if (loose.size >= MAX_LOOSE) loose.clear();
  loose.set(condition, placeOf(method));
}

/** Notes that something was made of a condition. */
export function useCondition(condition: object): void {
  if (loose.size > 0) loose.delete(condition);
}

/**
 * The number of conditions that were made within the arguments of the call of `method` that runs now and that nothing
 * was made of: `a && b` is `b`, and what `a` says is lost.
 */
export function droppedConditions(method: Method): number {
  if (loose.size === 0) return 0;
  const call = frameOf(placeOf(method));
  if (call === null) return 0;
  let dropped = 0;
  for (const [condition, place] of loose) {
    if (!isWithin(frameOf(place), call)) continue;
    dropped++;
    loose.delete(condition);
  }
  return dropped;
}

interface Frame {
  readonly where: string;
  readonly line: number;
  readonly column: number;
}

/** Arguments stand behind the name of the method, in the same function of the same file. */
function isWithin(frame: Frame | null, call: Frame): boolean {
  if (frame === null || frame.where !== call.where) return false;
  return frame.line > call.line || (frame.line === call.line && frame.column > call.column);
}

function placeOf(method: Method): Place {
  const place: Place = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  Error.captureStackTrace(place, method);
  Error.stackTraceLimit = limit;
  return place;
}

function frameOf({ stack = "" }: Place): Frame | null {
  const match = FRAME.exec(stack.slice(stack.indexOf("\n    at ") + 1));
  if (match === null) return null;
  const [, caller = "", file = "", line, column] = match;
  return { where: `${caller} ${file}`, line: Number(line), column: Number(column) };
}
