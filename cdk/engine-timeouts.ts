import { Duration } from "aws-cdk-lib";

/** How long one invocation of each function may take. */
export interface EngineTimeouts {
  readonly coordinator: Duration;
  readonly executor: Duration;
}

const MAX_SECONDS = 900;

/** Those that were given and the defaults, where Lambda can keep them and a task can end within its coordinator's time. */
export function engineTimeouts(given: Partial<EngineTimeouts> = {}): EngineTimeouts {
  const { coordinator = Duration.minutes(15), executor = Duration.minutes(5) } = given;
  check("coordinator", coordinator);
  check("executor", executor);
  if (isKnown(executor) && isKnown(coordinator) && secondsOf(executor) > secondsOf(coordinator)) {
    throw new TypeError(
      `timeouts.executor, ${executor.toHumanString()}, must not be longer than timeouts.coordinator, ${coordinator.toHumanString()}, which waits for it`,
    );
  }
  return { coordinator, executor };
}

function check(name: keyof EngineTimeouts, timeout: Duration): void {
  if (!isKnown(timeout)) return;
  const seconds = secondsOf(timeout);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= MAX_SECONDS) return;
  throw new TypeError(
    `timeouts.${name} is a whole number of seconds up to 15 minutes, not ${timeout.toHumanString()}`,
  );
}

const isKnown = (duration: Duration): boolean => !duration.isUnresolved();
const secondsOf = (duration: Duration): number => duration.toSeconds({ integral: false });
